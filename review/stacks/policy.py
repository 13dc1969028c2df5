"""IAM policies, and whether one allows more than another.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from review.stacks.argument import joined
from review.stacks.values import Arguments, blocks, canonical, many

Conditions = dict[tuple[str, str], frozenset[str]]

# Operators whose values a request must match none of: more of them is stricter.
NEGATIVE = re.compile(r"Not(Equals|Like|IpAddress)")


@dataclass(frozen=True)
class Grant:
    """One action on one resource for one principal, in one statement.

    action, resource: patterns, with NOT before those of NotAction and NotResource.
    principal: as `AWS:arn…`; empty where the policy names none.
    """

    action: str
    resource: str
    principal: str
    conditions: str
    """The statement's own, as text: grants of equal conditions are one."""


@dataclass(frozen=True)
class Wider:
    """What is allowed now and was not before. what: `action`, `principal`, `resource`, `limit`."""

    what: str
    value: str


def policies(arguments: Any, path: str = "") -> Iterator[tuple[str, Arguments]]:
    """Every policy in a resource's arguments, with its path."""
    match arguments:
        case dict() if "Statement" in arguments:
            yield path, arguments
        case dict():
            for key, inner in arguments.items():
                yield from policies(inner, joined(path, key))
        case list():
            for number, inner in enumerate(arguments):
                yield from policies(inner, f"{path}[{number}]")


def wider(before: Arguments | None, after: Arguments | None) -> list[Wider]:
    """What `after` allows beyond `before`, each thing once. None: nothing is allowed nor denied."""
    found = _beyond(_statements(after, "Allow"), by=_statements(before, "Allow"))
    undenied = _beyond(_statements(before, "Deny"), by=_statements(after, "Deny"))
    if undenied:
        found.append(Wider("deny", _denial(undenied)))
    return list(dict.fromkeys(found))


def grants(policy: Arguments) -> list[Grant]:
    """All that a policy allows."""
    return [grant for statement in _statements(policy, "Allow") for grant in _grants(statement)]


def limited(grant: Grant) -> bool:
    """Whether a condition limits who may or where from."""
    return grant.conditions != "{}"


def _statements(policy: Arguments | None, effect: str) -> list[dict[str, Any]]:
    return [
        each for each in blocks((policy or {}).get("Statement")) if each.get("Effect") == effect
    ]


def _grants(statement: dict[str, Any]) -> Iterator[Grant]:
    for action in _patterns(statement, "Action"):
        for resource in _patterns(statement, "Resource"):
            for principal in _principals(statement):
                yield Grant(action, resource, principal, canonical(statement.get("Condition", {})))


def _patterns(statement: dict[str, Any], key: str) -> list[str]:
    if f"Not{key}" in statement:
        # It allows all others: only the same exception is no wider.
        return [f"NOT {' '.join(map(str, many(statement[f'Not{key}'])))}"]
    return [str(each) for each in many(statement.get(key))] or [""]


def _principals(statement: dict[str, Any]) -> list[str]:
    if "NotPrincipal" in statement:
        return [f"NOT {canonical(statement['NotPrincipal'])}"]
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        return [f"{kind}:{who}" for kind, each in principal.items() for who in many(each)]
    return ["AWS:*" if principal == "*" else str(principal or "")]


def _beyond(statements: Sequence[dict[str, Any]], *, by: Sequence[dict[str, Any]]) -> list[Wider]:
    """What is in these statements and in none of the others."""
    others = [(grant, _conditions(each)) for each in by for grant in _grants(each)]
    found = []
    for statement in statements:
        limits = _conditions(statement)
        found += [
            reason
            for grant in _grants(statement)
            if (reason := _reason(grant, limits, others)) is not None
        ]
    return found


def _reason(
    grant: Grant, limits: Conditions, others: Sequence[tuple[Grant, Conditions]]
) -> Wider | None:
    """Why none of the others covers this grant; None where one does."""
    left = [each for each in others if _covers(each[0].action.lower(), grant.action.lower())]
    if not left:
        return Wider("action", grant.action)
    left = [each for each in left if each[0].principal in ("AWS:*", grant.principal)]
    if not left:
        return Wider("principal", grant.principal or "(any)")
    left = [each for each in left if _covers(each[0].resource, grant.resource)]
    if not left:
        return Wider("resource", f"{grant.resource or '(any)'} for {grant.action}")
    if any(_implied(each[1], limits) for each in left):
        return None
    lost = {" ".join(key) for each in left for key in each[1] if not _held(key, each[1], limits)}
    return Wider("limit", ", ".join(sorted(lost)))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    # A `?` stands for one letter: not for another pattern's `*`.
    wild = {"*": ".*", "?": "[^*]"}
    return re.compile("".join(wild.get(letter) or re.escape(letter) for letter in text), re.DOTALL)


def _covers(pattern: str, text: str) -> bool:
    if pattern.startswith("NOT ") or text.startswith("NOT "):
        return pattern == text or pattern == "*"
    return bool(_pattern(pattern).fullmatch(text))


def _conditions(statement: dict[str, Any]) -> Conditions:
    return {
        (operator, key): frozenset(str(value) for value in many(values))
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    }


def _implied(old: Conditions, new: Conditions) -> bool:
    return all(_held(key, old, new) for key in old)


def _held(key: tuple[str, str], old: Conditions, new: Conditions) -> bool:
    """Whether the new conditions keep to this one of the old."""
    if key not in new:
        return False
    return new[key] >= old[key] if NEGATIVE.search(key[0]) else new[key] <= old[key]


def _denial(undenied: Sequence[Wider]) -> str:
    return ", ".join(dict.fromkeys(each.value for each in undenied if each.what == "action")) or (
        ", ".join(dict.fromkeys(each.value for each in undenied))
    )
