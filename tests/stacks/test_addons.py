"""Add-ons as they are synthesized: versions, configuration, and what stands before what."""

import json

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import resources
from tests.synthesis import Stack

BEFORE_NODES = {"eks-pod-identity-agent", "vpc-cni", "kube-proxy"}
ON_NODES = {"coredns", "aws-ebs-csi-driver", "eks-node-monitoring-agent", "metrics-server"}


@pytest.fixture
def stack(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The cluster stack of the environment."""
    return synthesized[f"{environment.name}-cluster"]


def test_addons_are_pinned_and_git_wins_over_edits(environment: Environment, stack: Stack) -> None:
    version = environment.cluster.version
    addons = resources(stack, "aws_eks_addon")
    assert {addon["addon_name"]: addon["addon_version"] for addon in addons.values()} == {
        "vpc-cni": version.vpc_cni,
        "kube-proxy": version.kube_proxy,
        "coredns": version.coredns,
        "eks-pod-identity-agent": version.pod_identity_agent,
        "aws-ebs-csi-driver": version.ebs_csi_driver,
        "eks-node-monitoring-agent": version.node_monitoring_agent,
        "metrics-server": version.metrics_server,
    }
    for addon in addons.values():
        assert addon["resolve_conflicts_on_create"] == "OVERWRITE"
        assert addon["resolve_conflicts_on_update"] == "OVERWRITE"


def test_what_nodes_need_to_become_ready_stands_before_them(stack: Stack) -> None:
    needed = {f"aws_eks_addon.{addon}" for addon in BEFORE_NODES}
    for name, group in resources(stack, "aws_eks_node_group").items():
        assert needed <= set(group["depends_on"]), name
    for addon in BEFORE_NODES:
        before = resources(stack, "aws_eks_addon")[addon]["depends_on"]
        assert not any("aws_eks_node_group" in address for address in before), addon


def test_what_runs_on_nodes_waits_for_all_of_them(stack: Stack) -> None:
    groups = {f"aws_eks_node_group.{name}" for name in resources(stack, "aws_eks_node_group")}
    for addon in ON_NODES:
        assert groups <= set(resources(stack, "aws_eks_addon")[addon]["depends_on"]), addon


@pytest.mark.parametrize(
    ("addon", "workload", "service_account"),
    [
        ("vpc-cni", "vpc-cni", "aws-node"),
        ("aws-ebs-csi-driver", "ebs-csi-driver", "ebs-csi-controller-sa"),
    ],
)
def test_the_addons_that_call_aws_have_their_role_before_they_run(
    stack: Stack, addon: str, workload: str, service_account: str
) -> None:
    association = resources(stack, "aws_eks_pod_identity_association")[f"{workload}-association"]
    assert (association["namespace"], association["service_account"]) == (
        "kube-system",
        service_account,
    )
    before = resources(stack, "aws_eks_addon")[addon]["depends_on"]
    assert f"aws_eks_pod_identity_association.{workload}-association" in before


def test_a_role_has_its_permissions_before_pods_are_given_it(stack: Stack) -> None:
    association = resources(stack, "aws_eks_pod_identity_association")["vpc-cni-association"]
    attached = "aws_iam_role_policy_attachment.vpc-cni-AmazonEKS_CNI_Policy"
    assert attached in association.get("depends_on", [])


def test_the_network_plugin_hands_out_prefixes_and_holds_to_network_policies(stack: Stack) -> None:
    configuration = json.loads(resources(stack, "aws_eks_addon")["vpc-cni"]["configuration_values"])
    assert configuration["enableNetworkPolicy"] == "true"
    assert configuration["env"]["ENABLE_PREFIX_DELEGATION"] == "true"
    assert configuration["env"]["WARM_PREFIX_TARGET"] == "1"


@pytest.mark.parametrize("addon", ["coredns", "metrics-server"])
def test_what_the_cluster_cannot_do_without_runs_twice_on_system_nodes(
    stack: Stack, addon: str
) -> None:
    configuration = json.loads(resources(stack, "aws_eks_addon")[addon]["configuration_values"])
    assert configuration["nodeSelector"] == {"tribe/workload": "system"}
    assert {"key": "CriticalAddonsOnly", "operator": "Exists"} in configuration["tolerations"]
    assert configuration.get("replicaCount", configuration.get("replicas")) == 2


def test_every_node_is_watched_whatever_its_taints(stack: Stack) -> None:
    addon = resources(stack, "aws_eks_addon")["eks-node-monitoring-agent"]
    tolerations = json.loads(addon["configuration_values"])["nodeAgent"]["tolerations"]
    assert tolerations == [{"operator": "Exists"}]
