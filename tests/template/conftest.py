"""What the template's tests share."""

from tests.template.baked import repository

__all__ = ["repository"]
