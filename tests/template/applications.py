"""The applications of an environment, read from the scaffolded repository's own files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import review.render

ENVIRONMENTS = ("dev", "staging", "prod")
PARTS = ("platform", "addons", "services")


def manifest(repository: Path, environment: str, part: str) -> Mapping[str, Any]:
    """The Application or ApplicationSet in environments/<environment>/<part>.yaml."""
    return yaml.safe_load((repository / "environments" / environment / f"{part}.yaml").read_text())


def application(repository: Path, environment: str, part: str) -> Mapping[str, Any]:
    """The spec of the Application, or of those that the ApplicationSet makes."""
    spec = manifest(repository, environment, part)["spec"]
    return spec["template"]["spec"] if "template" in spec else spec


@cache
def expanded(repository: Path, environment: str) -> Mapping[str, Mapping[str, Any]]:
    """Every Application of the environment as Argo CD would make it, by name."""
    rendering = review.render.render(repository, environment)
    assert rendering.problems == []
    root, *others = rendering.applications
    assert root.name == review.render.ROOT
    return {each.name: each.manifest for each in others}
