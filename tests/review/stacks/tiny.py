"""Tiny stacks, and what is said of a change from one to another."""

import json
from collections.abc import Mapping
from typing import Any

from review.stacks.change import Change
from review.stacks.finding import Finding
from review.stacks.review import Review, review
from review.stacks.stack import Stack

Resources = Mapping[str, Mapping[str, Any]]
"""Address → arguments."""

ROLE = {"aws_iam_role.app": {"name": "app", "permissions_boundary": "arn:boundary"}}
BUCKET = {"aws_s3_bucket.logs": {"bucket": "logs"}}
VPC = {"aws_vpc.vpc": {"cidr_block": "10.0.0.0/16"}}
CLUSTER = {"aws_eks_cluster.cluster": {"name": "tribe"}}


def stack(
    resources: Resources,
    *,
    name: str = "dev-network",
    dependencies: tuple[str, ...] = (),
    **more: Any,
) -> Stack:
    """A stack of these resources. more: other parts of its cdk.tf.json."""
    by_kind: dict[str, dict[str, Any]] = {}
    for address, arguments in resources.items():
        kind, _, own = address.partition(".")
        by_kind.setdefault(kind, {})[own] = dict(arguments)
    return Stack(name=name, dependencies=dependencies, document={"resource": by_kind, **more})


def stacks(*found: Stack) -> dict[str, Stack]:
    return {each.name: each for each in found}


def reviewed(before: Resources, after: Resources, *, name: str = "dev-network") -> Review:
    """The review of one stack that changes from these resources to those."""
    return review(stacks(stack(before, name=name)), stacks(stack(after, name=name)))


def changes(before: Resources, after: Resources) -> list[Change]:
    return list(reviewed(before, after).changes)


def found(before: Resources, after: Resources) -> list[Finding]:
    return list(reviewed(before, after).findings)


def policy(*statements: Mapping[str, Any]) -> str:
    """A policy as stacks write it: JSON text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(*actions: str, resource: Any = "arn:queue", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def deny(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": list(actions), "Resource": "*", **more}


def trust(who: Any, **more: Any) -> str:
    return policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": who, **more})


def ingress(**arguments: Any) -> dict[str, Any]:
    """A rule of a security group that is there already."""
    return {"security_group_id": "sg-1", "ip_protocol": "tcp", "from_port": 443, "to_port": 443} | (
        arguments
    )


def small() -> Review:
    """A review with one of each: something comes, changes and is replaced, in production."""
    before = {**VPC, "aws_subnet.a": {"availability_zone": "1a"}}
    after = {
        "aws_vpc.vpc": {**VPC["aws_vpc.vpc"], "enable_dns_support": "${var.dns}"},
        "aws_subnet.a": {"availability_zone": "1b"},
        "aws_eip.a": {"domain": "vpc"},
    }
    old, new = (stacks(stack(side, name="prod-network")) for side in (before, after))
    return review(old, new, base="main (123456789)", head="the working tree")
