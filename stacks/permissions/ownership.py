"""How a policy tells an environment's own things from others': by region, and by the scope tag."""

from stacks.naming import SCOPE_TAG
from stacks.settings import Environment

NAMES_UNKNOWN = "ids are AWS's to choose, so only the region and the service can be named"

Condition = dict[str, str]
"""Condition keys and their values, for one operator."""


def here(environment: Environment) -> Condition:
    """Asked in the environment's region."""
    return {"aws:RequestedRegion": environment.region}


def asked(environment: Environment) -> Condition:
    """About to be made as the environment's own."""
    return {f"aws:RequestTag/{SCOPE_TAG}": environment.name}


def tagged(environment: Environment) -> Condition:
    """The environment's own already."""
    return {f"aws:ResourceTag/{SCOPE_TAG}": environment.name}
