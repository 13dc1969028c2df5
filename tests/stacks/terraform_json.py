"""Reads Terraform's JSON: resources by type, policies by statement, references to their source."""

import json
import re
from typing import Any

from tests.synthesis import Stack

Arguments = dict[str, Any]

REMOTE = re.compile(
    r"\$\{data\.terraform_remote_state\.cross-stack-reference-input-(?P<stack>[\w-]+)"
    r"\.outputs\.(?P<output>[\w-]+)\}"
)


def resources(stack: Stack, kind: str) -> dict[str, Arguments]:
    """Name → arguments of the stack's resources of type `kind`."""
    return stack.get("resource", {}).get(kind, {})


def only(stack: Stack, kind: str) -> Arguments:
    """The arguments of the one resource of type `kind`."""
    found = resources(stack, kind)
    assert len(found) == 1, f"one {kind} expected, found {sorted(found)}"
    return next(iter(found.values()))


def statements(policy: str) -> dict[str, Arguments]:
    """Sid → statement of a policy in JSON text."""
    listed = json.loads(policy)["Statement"]
    by_sid = {statement["Sid"]: statement for statement in listed}
    assert len(by_sid) == len(listed), f"a Sid stands twice in {policy}"
    return by_sid


def many(value: Any) -> list[Any]:
    """The values where IAM and Terraform write one or a list of them."""
    return value if isinstance(value, list) else [value]


def source(stacks: dict[str, Stack], reference: str) -> str:
    """What a reference means in the stack that makes it: remote states are followed."""
    remote = REMOTE.fullmatch(reference)
    if remote is None:
        return reference
    return source(stacks, stacks[remote["stack"]]["output"][remote["output"]]["value"])
