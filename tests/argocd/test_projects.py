"""What each project lets its applications take, make and reach."""

import pytest

from stacks.environments import PLATFORM
from tests.argocd.conftest import ArgoCd
from tests.argocd.project import HERE, goes_to, makes, takes_from
from tests.synthesis import Stack

OPEN = ("root", "platform", "monitoring", "services")
SERVICE_NAMESPACES = {"api-services", "frontend-services", "ai-services"}

# Group, kind, and whether it lives in a namespace: what a team could widen its own borders with.
POWERS_OF_THE_PLATFORM = [
    ("", "LimitRange", True),
    ("", "Namespace", False),
    ("", "PersistentVolume", False),
    ("", "Pod", True),
    ("", "ResourceQuota", True),
    ("", "Secret", True),
    ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy", False),
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration", False),
    ("apiextensions.k8s.io", "CustomResourceDefinition", False),
    ("apps", "DaemonSet", True),
    ("argoproj.io", "Application", True),
    ("argoproj.io", "ApplicationSet", True),
    ("argoproj.io", "AppProject", True),
    ("elbv2.k8s.aws", "IngressClassParams", False),
    ("elbv2.k8s.aws", "TargetGroupBinding", True),
    ("external-secrets.io", "ClusterSecretStore", False),
    ("external-secrets.io", "SecretStore", True),
    ("keda.sh", "ClusterTriggerAuthentication", False),
    ("rbac.authorization.k8s.io", "ClusterRole", False),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding", False),
    ("rbac.authorization.k8s.io", "Role", True),
    ("rbac.authorization.k8s.io", "RoleBinding", True),
    ("scheduling.k8s.io", "PriorityClass", False),
]


def test_there_are_these_projects_and_argo_cds_own(argocd: ArgoCd) -> None:
    assert set(argocd.projects) == {*OPEN, "default"}


def test_every_project_stands_in_argo_cds_namespace_and_cascades_nothing(argocd: ArgoCd) -> None:
    for manifest in argocd.manifests:
        assert manifest["metadata"]["namespace"] == "argocd"
        assert "finalizers" not in manifest["metadata"]


def test_no_project_allows_by_a_wildcard(argocd: ArgoCd) -> None:
    for name, project in argocd.projects.items():
        spec = project["spec"]
        allowing = [*spec["sourceRepos"], *map(str, spec["destinations"])]
        allowing += map(str, spec["clusterResourceWhitelist"])
        allowing += map(str, spec.get("namespaceResourceWhitelist", []))
        assert [each for each in allowing if any(mark in each for mark in "*?[!")] == [], name


def test_every_open_project_lists_its_kinds(argocd: ArgoCd) -> None:
    # Without a list, a project allows whatever lives in a namespace.
    for name in OPEN:
        assert argocd.projects[name]["spec"]["namespaceResourceWhitelist"], name
        assert not makes(argocd.projects[name], "example.com", "Anything", namespaced=True)


def test_the_default_project_takes_nothing_from_anywhere_to_anywhere(argocd: ArgoCd) -> None:
    default = argocd.projects["default"]
    assert not takes_from(default, argocd.environment.gitops.repository.url)
    for namespace in ("argocd", "default", "kube-system", *SERVICE_NAMESPACES):
        assert not goes_to(default, namespace)
    assert not makes(default, "", "ConfigMap", namespaced=True)
    assert not makes(default, "", "Namespace", namespaced=False)


@pytest.mark.parametrize(("group", "kind", "namespaced"), POWERS_OF_THE_PLATFORM)
def test_services_may_not_make(argocd: ArgoCd, group: str, kind: str, namespaced: bool) -> None:
    assert not makes(argocd.projects["services"], group, kind, namespaced=namespaced)


def test_services_make_nothing_outside_of_a_namespace(argocd: ArgoCd) -> None:
    assert argocd.projects["services"]["spec"]["clusterResourceWhitelist"] == []


def test_services_come_from_the_gitops_repository_alone(argocd: ArgoCd) -> None:
    for name in ("root", "services"):
        sources = argocd.projects[name]["spec"]["sourceRepos"]
        assert sources == [argocd.environment.gitops.repository.url]


def test_services_reach_the_namespaces_of_services_and_no_other(argocd: ArgoCd) -> None:
    destinations = argocd.projects["services"]["spec"]["destinations"]
    assert {each["namespace"] for each in destinations} == SERVICE_NAMESPACES


def test_the_root_makes_applications_and_no_projects(argocd: ArgoCd) -> None:
    root = argocd.projects["root"]
    kinds = root["spec"]["namespaceResourceWhitelist"]
    assert [each["kind"] for each in kinds] == ["Application", "ApplicationSet"]
    assert [each["namespace"] for each in root["spec"]["destinations"]] == ["argocd"]
    for name in OPEN:
        assert not makes(argocd.projects[name], "argoproj.io", "AppProject", namespaced=True), name


def test_only_the_root_makes_applications(argocd: ArgoCd) -> None:
    able = [
        name
        for name in argocd.projects
        if makes(argocd.projects[name], "argoproj.io", "Application", namespaced=True)
    ]
    assert able == ["root"]


def test_only_the_platform_makes_namespaces_and_only_these(argocd: ArgoCd) -> None:
    able = {
        (project, namespace)
        for project in argocd.projects
        for namespace in ("api-services", "argocd", "default", "kube-system", "tribe-system")
        if makes(argocd.projects[project], "", "Namespace", name=namespace, namespaced=False)
    }
    assert able == {("platform", "api-services"), ("platform", "tribe-system")}


def test_every_namespace_that_the_platform_makes_it_also_reaches(argocd: ArgoCd) -> None:
    platform = argocd.projects["platform"]
    made = [
        each["name"]
        for each in platform["spec"]["clusterResourceWhitelist"]
        if each["kind"] == "Namespace"
    ]
    assert [name for name in made if not goes_to(platform, name)] == []


def test_every_pod_that_has_a_role_in_aws_may_be_deployed(
    argocd: ArgoCd, synthesized: dict[str, Stack]
) -> None:
    namespaces = {
        association["namespace"]
        for noun in ("identity", "services")
        for association in synthesized[f"{argocd.environment.name}-{noun}"]["resource"]
        .get("aws_eks_pod_identity_association", {})
        .values()
    }
    assert {"tribe-system", "monitoring", "api-services"} <= namespaces
    for namespace in namespaces:
        assert any(goes_to(project, namespace) for project in argocd.projects.values()), namespace


def test_every_project_deploys_to_this_cluster_alone(argocd: ArgoCd) -> None:
    servers = {
        each["server"]
        for project in argocd.projects.values()
        for each in project["spec"]["destinations"]
    }
    assert servers == {HERE}


def test_all_environments_follow_one_repository() -> None:
    assert len({each.gitops.repository for each in PLATFORM.environments}) == 1
