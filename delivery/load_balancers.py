"""Load balancers that the cluster made: Terraform knows none of them, and each holds the VPC."""

import json
import time
from collections.abc import Callable, Sequence

from delivery.aws import aws
from stacks.naming import CLUSTER_TAG
from stacks.settings import Environment

INTERVAL_SECONDS = 10
PATIENCE_SECONDS = 15 * 60


class LoadBalancersRemainError(Exception):
    """Load balancers stand in the way of the VPC's end; the message names them."""


def load_balancers_of(environment: Environment) -> list[str]:
    """ARNs of the load balancers and target groups that bear the cluster's tag."""
    found = aws(
        "resourcegroupstaggingapi",
        "get-resources",
        "--resource-type-filters",
        "elasticloadbalancing",
        "--tag-filters",
        f"Key={CLUSTER_TAG},Values={environment.cluster_name}",
        region=environment.region,
    )
    return [each["ResourceARN"] for each in json.loads(found)["ResourceTagMappingList"]]


def wait_until_gone(
    list_them: Callable[[], Sequence[str]],
    *,
    say: Callable[[str], None],
    patience: float = PATIENCE_SECONDS,
    interval: float = INTERVAL_SECONDS,
) -> None:
    """Wait until none is left. Raises: LoadBalancersRemainError after `patience` seconds."""
    end = time.monotonic() + patience
    left = list_them()
    while left:
        if time.monotonic() > end:
            names = "\n".join(f"  {arn}" for arn in left)
            raise LoadBalancersRemainError(
                f"These are still there after {patience / 60:.0f} min:\n{names}\n"
                "Is the load balancer controller running? Delete them, then run this again."
            )
        say(f"  waiting for {len(left)} load balancers and target groups to go")
        time.sleep(interval)
        left = list_them()
