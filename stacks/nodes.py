"""Managed node groups: what their machines are, and how they change."""

from collections.abc import Sequence

from cdktf import ITerraformDependable, TerraformResourceLifecycle, Token
from cdktf_cdktf_provider_aws.autoscaling_group_tag import AutoscalingGroupTagA
from cdktf_cdktf_provider_aws.eks_node_group import EksNodeGroup, EksNodeGroupTaint
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from cdktf_cdktf_provider_aws.launch_template import LaunchTemplate

from stacks.machine import guarded_metadata, machine_tags, root_disk
from stacks.naming import boundary_arn
from stacks.policy import trust
from stacks.settings import NodeGroup
from stacks.stack import EnvironmentStack

# The label that node selectors name; the group's name is its value.
WORKLOAD_LABEL = "tribe/workload"

# What a node itself may: join, pull images, be reached by Session Manager. The CNI plugin's
# permissions are not among them, it has a role of its own.
NODE_POLICIES = (
    "AmazonEKSWorkerNodePolicy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonSSMManagedInstanceCore",
)


def node_role(stack: EnvironmentStack) -> tuple[IamRole, list[IamRolePolicyAttachment]]:
    """The one role of all nodes, and its permissions, which stand as long as a node does."""
    role = IamRole(
        stack,
        "node-role",
        name=stack.named("node"),
        assume_role_policy=trust("ec2.amazonaws.com"),
        permissions_boundary=boundary_arn(stack.environment.account.id),
    )
    permissions = [
        IamRolePolicyAttachment(
            stack, f"node-{policy}", role=role.id, policy_arn=f"arn:aws:iam::aws:policy/{policy}"
        )
        for policy in NODE_POLICIES
    ]
    return role, permissions


def node_group(
    stack: EnvironmentStack,
    group: NodeGroup,
    *,
    cluster_name: str,
    role_arn: str,
    subnet_ids: list[str],
    volume_key: str,
    after: Sequence[ITerraformDependable],
) -> EksNodeGroup:
    """One group over all zones. after: what must stand before a node joins."""
    template = _launch_template(stack, group, volume_key=volume_key)
    cluster = stack.environment.cluster
    made = EksNodeGroup(
        stack,
        group.name,
        cluster_name=cluster_name,
        # A prefix, because a group that is replaced stands beside its successor for a while.
        node_group_name_prefix=f"{group.name}-",
        node_role_arn=role_arn,
        subnet_ids=subnet_ids,
        ami_type="AL2023_x86_64_STANDARD",
        release_version=cluster.version.node_image_release,
        version=cluster.kubernetes_version,
        instance_types=list(group.instance_types),
        scaling_config={
            "min_size": group.min_size,
            "desired_size": group.desired_size,
            "max_size": group.max_size,
        },
        launch_template={"id": template.id, "version": Token.as_string(template.latest_version)},
        labels={WORKLOAD_LABEL: group.name},
        taint=[
            EksNodeGroupTaint(key=taint.key, value=taint.value, effect=taint.effect)
            for taint in group.taints
        ],
        update_config={"max_unavailable_percentage": 33},
        node_repair_config={"enabled": True},
        depends_on=list(after),
        lifecycle=TerraformResourceLifecycle(
            create_before_destroy=True,
            # The autoscaler's, from the first minute on.
            ignore_changes=["scaling_config[0].desired_size"],
        ),
    )
    _discovery_tags(stack, group, made)
    return made


def _launch_template(
    stack: EnvironmentStack, group: NodeGroup, *, volume_key: str
) -> LaunchTemplate:
    return LaunchTemplate(
        stack,
        f"{group.name}-template",
        name=stack.named(group.name),
        update_default_version=True,
        block_device_mappings=root_disk(gib=group.disk_gib, key_arn=volume_key),
        metadata_options=guarded_metadata(),
        tag_specifications=machine_tags(stack, noun="cluster", name=stack.named(group.name)),
    )


def _discovery_tags(stack: EnvironmentStack, group: NodeGroup, made: EksNodeGroup) -> None:
    """What the cluster autoscaler looks for, and what its permissions are conditioned on."""
    autoscaling_group = made.resources.get(0).autoscaling_groups.get(0).name
    for key, value in (
        ("k8s.io/cluster-autoscaler/enabled", "true"),
        (f"k8s.io/cluster-autoscaler/{stack.environment.cluster_name}", "owned"),
    ):
        AutoscalingGroupTagA(
            stack,
            f"{group.name}-{key.rpartition('/')[2]}-tag",
            autoscaling_group_name=autoscaling_group,
            tag={"key": key, "value": value, "propagate_at_launch": False},
        )
