"""Arguments that the emulator takes and does not give back, so that a second plan sets them again.

Each was seen against the pinned ministack. A change outside the list fails the rehearsal, and so
does an entry that no second plan shows any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rehearsal.change import Change


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """An argument (`block`, or `block.argument`) of a resource type."""

    resource_type: str
    argument: str
    reason: str

    def covers(self, change: Change) -> bool:
        return change.resource_type == self.resource_type and (
            change.argument == self.argument or change.argument.startswith(f"{self.argument}.")
        )


def _unread(resource_type: str, *arguments: str, reason: str) -> tuple[Forgotten, ...]:
    return tuple(
        Forgotten(resource_type=resource_type, argument=argument, reason=reason)
        for argument in arguments
    )


FORGOTTEN = (
    *_unread(
        "aws_iam_service_linked_role",
        "description",
        reason="ministack writes a description of its own.",
    ),
    *_unread(
        "aws_flow_log",
        "iam_role_arn",
        "max_aggregation_interval",
        "tags",
        "tags_all",
        reason="ministack keeps only the VPC, the traffic type and the destination.",
    ),
    *_unread(
        "aws_vpc_endpoint",
        "policy",
        "private_dns_enabled",
        "security_group_ids",
        reason="ministack keeps only the VPC, the service, the subnets and the route tables.",
    ),
    *_unread(
        "aws_eks_cluster",
        "upgrade_policy",
        "zonal_shift_config",
        reason="ministack's cluster has no such fields.",
    ),
    *_unread(
        "aws_eks_node_group",
        "launch_template",
        "node_repair_config",
        "update_config",
        reason="ministack's node group has no such fields.",
    ),
    *_unread(
        "aws_autoscaling_group_tag",
        "autoscaling_group_name",
        reason="Follows from the node group, which a forgotten launch template would replace.",
    ),
    *_unread(
        "aws_autoscaling_group",
        "max_instance_lifetime",
        reason="ministack's group has no such field.",
    ),
    *_unread(
        "aws_launch_template",
        "block_device_mappings.ebs.kms_key_id",
        reason="ministack keeps every field of a disk but its key.",
    ),
)


def faults(changes: Iterable[Change], *, listed: tuple[Forgotten, ...] = FORGOTTEN) -> list[str]:
    """How the changes of the second plans differ from the list, one sentence each."""
    shown = list(changes)
    return [
        *(
            f"{change.address} changes {change.argument or 'as a whole'} in the second plan, and "
            "FORGOTTEN in rehearsal/forgotten.py does not name it."
            for change in shown
            if not any(entry.covers(change) for entry in listed)
        ),
        *(
            f"{entry.resource_type}.{entry.argument} no longer changes in a second plan: take it "
            "off FORGOTTEN in rehearsal/forgotten.py."
            for entry in listed
            if not any(entry.covers(change) for change in shown)
        ),
    ]
