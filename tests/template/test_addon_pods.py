"""As whom the controllers run: their service accounts, and what their namespace demands of pods."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from stacks.settings import Environment
from tests.synthesis import Stack
from tests.template.test_addons import ADDONS, charts_own, read

# Where each chart takes the name of the account whose pods call AWS.
SERVICE_ACCOUNT = {
    "argo-rollouts": "serviceAccount.name",
    "aws-load-balancer-controller": "serviceAccount.name",
    "cluster-autoscaler": "rbac.serviceAccount.name",
    "external-dns": "serviceAccount.name",
    "external-secrets": "serviceAccount.name",
    "keda": "serviceAccount.operator.name",
}
# Where each chart takes the security context of a pod, and that of its container.
SECURITY = {
    "argo-rollouts": [("podSecurityContext", "containerSecurityContext")],
    "aws-load-balancer-controller": [("podSecurityContext", "securityContext")],
    "cluster-autoscaler": [("securityContext", "containerSecurityContext")],
    "external-dns": [("podSecurityContext", "securityContext")],
    "external-secrets": [
        ("podSecurityContext", "securityContext"),
        ("webhook.podSecurityContext", "webhook.securityContext"),
        ("certController.podSecurityContext", "certController.securityContext"),
    ],
    "keda": [
        (f"podSecurityContext.{part}", f"securityContext.{part}")
        for part in ("operator", "metricServer", "webhooks")
    ],
}
# What runs on system nodes says so at these places: selector, tolerations, priority.
PLACES = ("nodeSelector", "tolerations", "priorityClassName")
BELOW = {"argo-rollouts": "controller"}


def at(values: Mapping[str, Any], path: str) -> Any:
    node: Any = values
    for step in path.split("."):
        node = node[step]
    return node


def merged(under: Any, over: Any) -> Any:
    if not (isinstance(under, dict) and isinstance(over, dict)):
        return over
    return {**under, **{key: merged(under.get(key), value) for key, value in over.items()}}


def associations(stacks: Mapping[str, Stack], environment: str) -> set[tuple[str, str]]:
    """Namespace and service account of every Pod Identity association of the environment."""
    return {
        (association["namespace"], association["service_account"])
        for name, stack in stacks.items()
        if name.startswith(f"{environment}-")
        for association in stack.get("resource", {})
        .get("aws_eks_pod_identity_association", {})
        .values()
    }


def test_every_controller_with_a_role_is_rendered_and_every_one_that_calls_aws_has_a_role(
    repository: Path, synthesized: dict[str, Stack], environment: Environment
):
    made = {
        account
        for account in associations(synthesized, environment.name)
        if account[0] == "tribe-system"
    }
    rendered = {
        (
            read(repository, addon, "addon.yaml")["namespace"],
            at(read(repository, addon, "values.yaml"), SERVICE_ACCOUNT[addon]),
        )
        for addon in ADDONS
    }
    assert rendered == made
    controllers = yaml.safe_load((repository / "platform" / "values.yaml").read_text())[
        "controllers"
    ]
    assert {name for name, controller in controllers.items() if "aws" in controller} == set(ADDONS)


def test_what_else_has_a_role_belongs_to_the_cluster_to_monitoring_or_to_a_service(
    synthesized: dict[str, Stack], environment: Environment
):
    services = ("api-services", "frontend-services", "ai-services")
    others = {
        account
        for account in associations(synthesized, environment.name)
        if account[0] not in ("tribe-system", *services)
    }
    assert others == {
        ("kube-system", "aws-node"),
        ("kube-system", "ebs-csi-controller-sa"),
        ("monitoring", "loki"),
    }


@pytest.mark.parametrize("addon", ADDONS)
def test_its_pods_meet_the_restricted_standard_of_their_namespace(addon: str, repository: Path):
    own = yaml.safe_load(charts_own(addon, "values.yaml").read_text())
    values = merged(own, read(repository, addon, "values.yaml"))
    for pod_path, container_path in SECURITY[addon]:
        pod, container = at(values, pod_path), at(values, container_path)
        either = {**pod, **container}
        assert either["runAsNonRoot"] is True
        assert either["seccompProfile"]["type"] == "RuntimeDefault"
        assert container["allowPrivilegeEscalation"] is False
        assert container["readOnlyRootFilesystem"] is True
        assert container["capabilities"] == {"drop": ["ALL"]}
        assert not container.get("privileged")
    assert not values.get("hostNetwork")


@pytest.mark.parametrize("addon", ADDONS)
def test_it_runs_on_system_nodes_before_everything_else(addon: str, repository: Path):
    values = read(repository, addon, "values.yaml")
    placed = {**values, **values.get("global", {}), **values.get(BELOW.get(addon, ""), {})}
    selector, tolerations, priority = (placed[place] for place in PLACES)
    assert selector == {"tribe/workload": "system"}
    assert tolerations == [{"key": "CriticalAddonsOnly", "operator": "Exists"}]
    assert priority == "platform-critical"
