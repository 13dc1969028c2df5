"""Argo CD of each environment, as the synthesized stack hands it to Helm."""

from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.argocd.policy import Policy
from tests.synthesis import Stack

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ArgoCd:
    """What one environment's two releases say.

    values: of the chart argo-cd, its documents merged as Helm does.
    manifests: projects and root application, as the second release applies them.
    """

    environment: Environment
    values: Values
    manifests: list[Values]

    @property
    def projects(self) -> dict[str, Values]:
        """Name → project."""
        return {
            each["metadata"]["name"]: each
            for each in self.manifests
            if each["kind"] == "AppProject"
        }

    @property
    def root(self) -> Values:
        """The root application."""
        [root] = [each for each in self.manifests if each["kind"] == "Application"]
        return root

    @property
    def policy(self) -> Policy:
        """Who may what."""
        return Policy(data=self.values["configs"]["rbac"], projects=self.projects)


def merge(under: Values, over: Values) -> Values:
    """Two documents of values, as Helm merges them: maps by key, all else replaced."""
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = merge(merged[key], value) if both else value
    return merged


def read(environment: Environment, synthesized: dict[str, Stack]) -> ArgoCd:
    releases = synthesized[f"{environment.name}-gitops"]["resource"]["helm_release"]
    values: Values = {}
    for document in releases["argocd"]["values"]:
        values = merge(values, yaml.safe_load(document))
    [borders] = releases["argocd-borders"]["values"]
    items = yaml.safe_load(borders)["itemTemplates"]
    assert all(item["items"] == [{}] for item in items), "each template is applied once"
    return ArgoCd(
        environment=environment, values=values, manifests=[item["template"] for item in items]
    )


@pytest.fixture
def argocd(environment: Environment, synthesized: dict[str, Stack]) -> ArgoCd:
    """Argo CD of each environment in turn."""
    return read(environment, synthesized)


@pytest.fixture(scope="session")
def everywhere(synthesized: dict[str, Stack]) -> dict[str, ArgoCd]:
    """Name of the environment → its Argo CD."""
    return {each.name: read(each, synthesized) for each in PLATFORM.environments}
