"""The six namespaces, and that their quotas fit on the nodes."""

from decimal import Decimal
from pathlib import Path

import pytest

from review.schemas.pods import quantity
from stacks.environments.nodes import NODE_GROUPS
from stacks.settings import Environment
from tests.platform.rendering import Documents, platform

NAMESPACES = {
    "tribe-system",
    "api-services",
    "frontend-services",
    "ai-services",
    "monitoring",
    "ingress-nginx",
}

MIB = 2**20
# vCPU and memory as AWS sells them (https://aws.amazon.com/ec2/instance-types/t3/).
MACHINES = {"t3.medium": (2, 4096), "t3.large": (2, 8192), "t3.xlarge": (4, 16384)}
# What the node's kernel keeps before Kubernetes counts: measured on AL2023, about 3 %.
KERNEL = Decimal("0.03")
# EKS's own formula: a share of each core, and memory by the number of pods
# (https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go).
CORE_SHARES = (Decimal("0.06"), Decimal("0.01"), Decimal("0.005"), Decimal("0.005"))
PODS = 110
RESERVED_MIB = 255 + 11 * PODS
EVICTION_MIB = 100
# Requests of all that runs once on every node: CNI with its policy agent, kube-proxy, the EBS
# driver, the node monitoring agent, metrics, logs.
AGENTS = (Decimal("0.35"), 500)

STANDS_ON = {
    "application": ("api-services", "frontend-services", "monitoring"),
    "data-processing": ("ai-services",),
    "system": ("tribe-system",),
}


def left_on_a_node(machine: str) -> tuple[Decimal, Decimal]:
    """CPU in cores and memory in bytes that one node has for what is not on every node."""
    cores, memory = MACHINES[machine]
    cpu = cores - sum(CORE_SHARES[:cores]) - AGENTS[0]
    left = memory * (1 - KERNEL) - RESERVED_MIB - EVICTION_MIB - AGENTS[1]
    return cpu, left * MIB


def test_there_are_just_the_six(rendered: Documents):
    assert {each["metadata"]["name"] for each in rendered.of("Namespace")} == NAMESPACES


@pytest.mark.parametrize("kind", ["ResourceQuota", "LimitRange"])
def test_each_has_one(kind: str, rendered: Documents):
    assert {each["metadata"]["namespace"] for each in rendered.of(kind)} == NAMESPACES


def test_each_enforces_the_restricted_standard_and_a_person_confirms_its_end(rendered: Documents):
    for namespace in rendered.of("Namespace"):
        labels = namespace["metadata"]["labels"]
        for mode in ("enforce", "audit", "warn"):
            assert labels[f"pod-security.kubernetes.io/{mode}"] == "restricted"
        options = namespace["metadata"]["annotations"]["argocd.argoproj.io/sync-options"]
        assert options == "Prune=confirm,Delete=confirm"


def test_pods_wait_for_their_load_balancer_where_services_live(rendered: Documents):
    waiting = {
        namespace["metadata"]["name"]
        for namespace in rendered.of("Namespace")
        if namespace["metadata"]["labels"].get("elbv2.k8s.aws/pod-readiness-gate-inject")
    }
    assert waiting == {"api-services", "frontend-services", "ai-services"}


def test_nothing_fits_into_the_retired_namespace(rendered: Documents):
    quota = rendered.named("ResourceQuota", "quota", "ingress-nginx")["spec"]["hard"]
    assert quota["pods"] == quota["services"] == "0"
    policies = [
        each["metadata"]["name"]
        for each in rendered.of("NetworkPolicy")
        if each["metadata"]["namespace"] == "ingress-nginx"
    ]
    assert policies == ["default-deny"]


@pytest.mark.parametrize("group", NODE_GROUPS, ids=lambda group: group.name)
def test_quotas_fit_on_the_node_group_at_its_largest(group, repository: Path):
    cpu, memory = left_on_a_node(group.instance_types[0])
    quotas = [
        platform(repository, "prod").named("ResourceQuota", "quota", namespace)["spec"]["hard"]
        for namespace in STANDS_ON[group.name]
    ]
    wanted_cpu = sum(quantity(quota["requests.cpu"]) for quota in quotas)
    wanted_memory = sum(quantity(quota["requests.memory"]) for quota in quotas)
    assert wanted_cpu <= cpu * group.max_size
    assert wanted_memory <= memory * group.max_size
    if group.name != "system":  # which others stand on too
        assert wanted_cpu >= cpu * group.max_size * Decimal("0.85"), "nodes that nobody may use"
        assert wanted_memory >= memory * group.max_size * Decimal("0.85")


@pytest.mark.parametrize("group", NODE_GROUPS, ids=lambda group: group.name)
def test_the_largest_container_that_is_allowed_fits_on_a_node(group, repository: Path):
    cpu, memory = left_on_a_node(group.instance_types[0])
    for namespace in STANDS_ON[group.name]:
        document = platform(repository, "prod").named("LimitRange", "limits", namespace)
        (limits,) = document["spec"]["limits"]
        assert quantity(limits["max"]["cpu"]) <= cpu
        assert quantity(limits["max"]["memory"]) <= memory
        assert quantity(limits["defaultRequest"]["cpu"]) <= quantity(limits["default"]["cpu"])
        assert quantity(limits["default"]["memory"]) <= quantity(limits["max"]["memory"])


def test_environments_have_the_same_namespaces_quotas_and_limits(
    repository: Path, environment: Environment
):
    """What fits in dev must fit in prod: the node groups are the same too."""
    own, prod = platform(repository, environment.name), platform(repository, "prod")
    for kind in ("Namespace", "ResourceQuota", "LimitRange"):
        assert list(own.of(kind)) == list(prod.of(kind))
