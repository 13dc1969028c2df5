"""EKS's managed add-ons: versions from the settings' table, configuration from here."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.eks_addon import EksAddon

from stacks.nodes import WORKLOAD_LABEL
from stacks.stack import EnvironmentStack

# The system group, and the taint that keeps everything else off it.
ON_SYSTEM_NODES = {
    "nodeSelector": {WORKLOAD_LABEL: "system"},
    "tolerations": [{"key": "CriticalAddonsOnly", "operator": "Exists"}],
}
ON_EVERY_NODE = {"tolerations": [{"operator": "Exists"}]}

VPC_CNI: Mapping[str, Any] = {
    "enableNetworkPolicy": "true",
    # Whole /28 blocks: without them a t3.medium holds 17 pods.
    "env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"},
}
COREDNS: Mapping[str, Any] = {**ON_SYSTEM_NODES, "replicaCount": 2}
METRICS_SERVER: Mapping[str, Any] = {**ON_SYSTEM_NODES, "replicas": 2}


def addon(
    stack: EnvironmentStack,
    name: str,
    version: str,
    *,
    cluster_name: str,
    after: Sequence[ITerraformDependable],
    configuration: Mapping[str, Any] | None = None,
) -> EksAddon:
    """One add-on. after: what must stand before it. Git wins over edits made in the cluster."""
    return EksAddon(
        stack,
        name,
        cluster_name=cluster_name,
        addon_name=name,
        addon_version=version,
        configuration_values=json.dumps(configuration, separators=(",", ":"))
        if configuration
        else None,
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
        depends_on=list(after),
    )


def addons_before_nodes(
    stack: EnvironmentStack, *, cluster_name: str, after: Sequence[ITerraformDependable]
) -> list[EksAddon]:
    """What a node needs to become ready: network, Services, credentials for pods."""
    version = stack.environment.cluster.version
    add = partial(addon, stack, cluster_name=cluster_name, after=after)
    return [
        add("eks-pod-identity-agent", version.pod_identity_agent),
        add("vpc-cni", version.vpc_cni, configuration=VPC_CNI),
        add("kube-proxy", version.kube_proxy),
    ]


def addons_on_nodes(
    stack: EnvironmentStack, *, cluster_name: str, after: Sequence[ITerraformDependable]
) -> list[EksAddon]:
    """What runs on nodes and waits for them."""
    version = stack.environment.cluster.version
    add = partial(addon, stack, cluster_name=cluster_name, after=after)
    return [
        add("coredns", version.coredns, configuration=COREDNS),
        add(
            "aws-ebs-csi-driver",
            version.ebs_csi_driver,
            configuration={"controller": ON_SYSTEM_NODES},
        ),
        add(
            "eks-node-monitoring-agent",
            version.node_monitoring_agent,
            configuration={"nodeAgent": ON_EVERY_NODE},
        ),
        add("metrics-server", version.metrics_server, configuration=METRICS_SERVER),
    ]
