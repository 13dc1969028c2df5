"""The sources of an Application: what each gives, as Argo CD's repository server would make it."""

from review.sources.application import Application, NotRendered
from review.sources.source import render_sources

__all__ = ["Application", "NotRendered", "render_sources"]
