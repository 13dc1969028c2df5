"""What the scaffolded repository brings into a cluster, held to the benchmark's policies."""

from typing import Any

import pytest

from gates.accounts import default_accounts, in_default_namespace, mounted_tokens
from gates.namespaces import open_namespaces, unrestricted_namespaces
from gates.pod_security import unrestricted_pods
from gates.pods import pods
from gates.rights import risky_rights
from tests.template.applications import ENVIRONMENTS

Manifests = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=ENVIRONMENTS)
def documents(request: pytest.FixtureRequest, manifests: Manifests) -> list[dict[str, Any]]:
    """The manifests of each environment in turn."""
    return manifests[request.param]


def test_there_is_something_to_look_at(manifests: Manifests) -> None:
    """A gate over nothing finds nothing."""
    kinds = {each["kind"] for each in manifests["dev"]}
    assert {"ClusterRole", "ClusterRoleBinding", "RoleBinding", "Namespace", "Application"} <= kinds
    assert {place.split()[0] for place, _ in pods(manifests["dev"])} == {"Deployment", "Rollout"}


def test_no_pod_breaks_the_restricted_standard(documents: list[dict[str, Any]]) -> None:
    assert unrestricted_pods(documents) == []


def test_every_namespace_enforces_the_restricted_standard(documents: list[dict[str, Any]]) -> None:
    assert unrestricted_namespaces(documents) == []


def test_every_namespace_of_the_platform_is_closed_until_opened(
    documents: list[dict[str, Any]],
) -> None:
    assert open_namespaces(documents) == []


def test_no_role_and_no_binding_gives_more_than_it_says(documents: list[dict[str, Any]]) -> None:
    assert risky_rights(documents) == []


def test_no_pod_runs_as_a_default_account(documents: list[dict[str, Any]]) -> None:
    assert default_accounts(documents) == []


def test_no_pod_mounts_a_token_of_the_api_server(documents: list[dict[str, Any]]) -> None:
    assert mounted_tokens(documents) == []


def test_nothing_stands_in_the_default_namespace(documents: list[dict[str, Any]]) -> None:
    assert in_default_namespace(documents) == []
