"""The three node groups. They are the same everywhere: what fits in dev must fit in prod."""

from stacks.settings import NodeGroup, Taint

SYSTEM = NodeGroup(
    name="system",
    instance_types=("t3.medium",),
    min_size=2,
    desired_size=2,
    max_size=4,
    taints=(Taint(key="CriticalAddonsOnly", value="true"),),
)

APPLICATION = NodeGroup(
    name="application",
    instance_types=("t3.large",),
    min_size=2,
    desired_size=2,
    max_size=10,
)

DATA_PROCESSING = NodeGroup(
    name="data-processing",
    instance_types=("t3.xlarge",),
    min_size=1,
    desired_size=1,
    max_size=6,
    disk_gib=100,
    taints=(Taint(key="tribe/workload", value="data-processing"),),
)

NODE_GROUPS = (SYSTEM, APPLICATION, DATA_PROCESSING)
