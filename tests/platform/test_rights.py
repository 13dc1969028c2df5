"""What people may do, by the groups that the cluster's access entries give them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stacks.settings import Environment
from tests.platform.rendering import Content, Documents, platform

SERVICES = {"api-services", "frontend-services", "ai-services"}
EVERYWHERE = SERVICES | {"tribe-system", "monitoring", "ingress-nginx"}
WRITING = {"create", "update", "patch", "delete", "deletecollection", "*"}


def granted(documents: Documents, group: str) -> dict[str, set[str | None]]:
    """The group's roles, and in which namespaces; None is the whole cluster."""
    roles: dict[str, set[str | None]] = {}
    for binding in [*documents.of("RoleBinding"), *documents.of("ClusterRoleBinding")]:
        if group in {subject["name"] for subject in binding["subjects"]}:
            where = binding["metadata"].get("namespace")
            roles.setdefault(binding["roleRef"]["name"], set()).add(where)
    return roles


def rules(documents: Documents, role: str) -> Iterator[Content]:
    yield from documents.named("ClusterRole", role)["rules"]


def test_every_group_of_an_access_entry_has_a_right_and_no_other_group_has(
    rendered: Documents, environment: Environment
):
    entries = {group for access in environment.cluster.access for group in access.groups}
    bound = {
        subject["name"]
        for kind in ("RoleBinding", "ClusterRoleBinding")
        for binding in rendered.of(kind)
        for subject in binding["subjects"]
    }
    assert bound == entries


@pytest.mark.parametrize("environment_name", ["dev", "staging"])
def test_developers_operate_services_in_dev_and_staging_and_see_the_rest(
    environment_name: str, repository: Path
):
    assert granted(platform(repository, environment_name), "tribe:developers") == {
        "view": EVERYWHERE,
        "tribe-operate": SERVICES,
        "tribe-look-around": {None},
    }


def test_developers_only_look_in_prod(repository: Path):
    assert granted(platform(repository, "prod"), "tribe:viewers") == {
        "view": EVERYWHERE,
        "tribe-look-around": {None},
    }


def test_the_platform_team_maintains_prod(repository: Path):
    assert granted(platform(repository, "prod"), "tribe:platform") == {
        "view": EVERYWHERE,
        "tribe-operate": EVERYWHERE,
        "tribe-look-around": {None},
        "tribe-drain": {None},
    }


def test_no_role_reads_secrets_or_changes_rights_or_names_everything(rendered: Documents):
    for role in rendered.of("ClusterRole"):
        for rule in role["rules"]:
            assert "secrets" not in rule["resources"]
            assert "rbac.authorization.k8s.io" not in rule["apiGroups"]
            for field in ("apiGroups", "resources", "verbs"):
                assert "*" not in rule[field]


def test_looking_around_changes_nothing(rendered: Documents):
    verbs = {verb for rule in rules(rendered, "tribe-look-around") for verb in rule["verbs"]}
    assert not verbs & WRITING


def test_operating_makes_nothing_new_and_opens_pods_by_websocket_too(rendered: Documents):
    """Since Kubernetes 1.35 exec by websocket asks for `create` as well as `get`."""
    for rule in rules(rendered, "tribe-operate"):
        if "pods/exec" in rule["resources"]:
            assert set(rule["verbs"]) == {"create", "get"}
        else:
            assert "create" not in rule["verbs"]
            assert "update" not in rule["verbs"]


def test_operating_scales_restarts_and_promotes_every_kind_of_service(rendered: Documents):
    patched = {
        resource
        for rule in rules(rendered, "tribe-operate")
        if "patch" in rule["verbs"]
        for resource in rule["resources"]
    }
    assert {
        "deployments",
        "deployments/scale",
        "rollouts",
        "rollouts/status",
        "horizontalpodautoscalers",
        "scaledobjects",
    } <= patched
