"""The way of a version through the environments."""

from review.environment import environments
from review.repository import Repository

# An environment of another name takes no part in promotion.
STAGES = ("dev", "staging", "prod")
# Where a person syncs, and nothing is taken away by itself.
MANUAL = "prod"
# Where images are pushed without review, by their tags.
FIRST = STAGES[0]


def stages(repository: Repository) -> list[str]:
    """The stages that there are here, in their order."""
    there = environments(repository)
    return [stage for stage in STAGES if stage in there]


def before(environment: str, *, among: list[str]) -> str:
    """The stage that comes before; empty for the first and for what is no stage."""
    index = among.index(environment) if environment in among else 0
    return among[index - 1] if index else ""
