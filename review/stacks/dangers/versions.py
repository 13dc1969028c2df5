"""Versions of Kubernetes: up, and one minor version at a time."""

import re
from collections.abc import Iterator

from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around

KINDS = ("aws_eks_cluster", "aws_eks_node_group")
MINOR = re.compile(r"1\.(\d+)")


def kubernetes_version(change: Change, around: Around) -> Iterator[Alarm]:
    """EKS goes neither back nor over a version; it would refuse, in the middle of a deployment.

    https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html
    """
    if change.kind not in KINDS or not change.stays:
        return
    old, new = (_minor(side("version")) for side in (change.old, change.new))
    if old is None or new is None or old == new:
        return
    told = f"Kubernetes 1.{old} → 1.{new}"
    if new < old:
        yield Alarm(f"goes back, which EKS does not do: {told}")
    elif new > old + 1:
        yield Alarm(f"goes over a minor version, which EKS does not do: {told}")
    else:
        yield Alarm(f"gets a new Kubernetes, and no way back: {told}", "notice")


def _minor(version: object) -> int | None:
    found = MINOR.match(str(version))
    return int(found[1]) if found else None


RULES = (kubernetes_version,)
