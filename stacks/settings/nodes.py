"""Node groups: their machines, their sizes, and what keeps pods off them."""

import difflib
import re
from typing import Literal

from .schema import refuse, settings

# https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
LABEL_NAME = r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?"
# x86_64 families that the AL2023_x86_64_STANDARD image runs on and EKS node groups accept.
INSTANCE_FAMILIES = (
    *("t3", "t3a"),
    *("m5", "m5a", "m6a", "m6i", "m7a", "m7i", "m7i-flex"),
    *("c5", "c6a", "c6i", "c7a", "c7i"),
    *("r5", "r6a", "r6i", "r7a", "r7i"),
)


@settings
class Taint:
    """What keeps pods off a node unless they tolerate it (EKS's own spelling of the effect)."""

    key: str
    value: str
    effect: Literal["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"] = "NO_SCHEDULE"

    def __post_init__(self) -> None:
        if not re.fullmatch(rf"([a-z0-9.-]+/)?{LABEL_NAME}", self.key):
            refuse(
                self, "key", f"{self.key!r} is not a key.", 'Write one such as "tribe/workload".'
            )
        if not re.fullmatch(rf"({LABEL_NAME})?", self.value):
            mend = 'Write at most 63 letters, digits and dashes, such as "data-processing".'
            refuse(self, "value", f"{self.value!r} is not a value.", mend)


@settings
class NodeGroup:
    """A managed node group. Sizes count nodes, over all zones; the disk is in GiB."""

    name: str
    instance_types: tuple[str, ...]
    min_size: int
    desired_size: int
    max_size: int
    disk_gib: int = 50
    taints: tuple[Taint, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]([a-z0-9-]{0,30}[a-z0-9])?", self.name):
            mend = 'Write lower case and dashes, at most 32 letters, such as "data-processing".'
            refuse(self, "name", f"{self.name!r} is not a name.", mend)
        if not self.instance_types:
            refuse(
                self,
                "instance_types",
                f"of {self.name} is empty.",
                'Name one, such as ("t3.large",).',
            )
        for instance_type in self.instance_types:
            self._check_instance_type(instance_type)
        if self.min_size < 1:
            mend = (
                "Write at least 1: the autoscaler cannot grow from none without more permissions."
            )
            refuse(self, "min_size", f"of {self.name} is {self.min_size}.", mend)
        if self.max_size < 1:
            refuse(self, "max_size", f"of {self.name} is {self.max_size}.", "Write at least 1.")
        sizes = (
            f"of {self.name} is {self.desired_size}, outside {self.min_size} to {self.max_size}."
        )
        if not self.min_size <= self.desired_size <= self.max_size:
            refuse(self, "desired_size", sizes, "Write min_size <= desired_size <= max_size.")
        if self.disk_gib < 20:
            mend = "Write at least 20: the image needs that for itself."
            refuse(self, "disk_gib", f"of {self.name} is {self.disk_gib}.", mend)

    def _check_instance_type(self, instance_type: str) -> None:
        family, _, size = instance_type.partition(".")
        if family not in INSTANCE_FAMILIES or not re.fullmatch(r"(medium|(\d*x)?large)", size):
            near = difflib.get_close_matches(family, INSTANCE_FAMILIES, n=1)
            mend = (
                f"Did you mean {near[0]}.large?"
                if near
                else f"Take one of {', '.join(INSTANCE_FAMILIES)}."
            )
            problem = f"of {self.name} has {instance_type!r}, of no known x86_64 family or size."
            refuse(self, "instance_types", problem, mend)
