"""Resources that only get another address."""

import re
from collections.abc import Mapping
from typing import Any

from review.stacks.stack import Stack
from review.stacks.values import Arguments, canonical


def moves(before: Stack, after: Stack) -> dict[str, str]:
    """New address → old address: by `moved` blocks, else by equal arguments, one for one."""
    found = {
        new: old
        for new, old in after.moved.items()
        if old in before.resources and new in after.resources and new not in before.resources
    }
    # What refers to a resource is equal only once that one is found: so again, until none is.
    while more := _equal(before, after, found):
        found |= more
    return found


def renamed(arguments: Any, found: Mapping[str, str]) -> Any:
    """The arguments as they would be, had everything had its new address before."""
    if not found:
        return arguments
    new = {old: address for address, old in found.items()}
    pattern = re.compile(rf"(?<![\w.-])({'|'.join(map(re.escape, new))})(?![\w-])")
    return _replaced(arguments, pattern, new)


def _equal(before: Stack, after: Stack, found: Mapping[str, str]) -> dict[str, str]:
    taken = set(found.values())
    gone = [each for each in before.resources if each not in after.resources and each not in taken]
    come = [each for each in after.resources if each not in before.resources and each not in found]
    if not gone or not come:
        return {}
    old = _by_content({each: renamed(before.resources[each], found) for each in gone})
    new = _by_content({each: after.resources[each] for each in come})
    return {
        new[content][0]: old[content][0]
        for content in new
        if content in old and len(new[content]) == len(old[content]) == 1
    }


def _by_content(resources: Mapping[str, Arguments]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address, arguments in resources.items():
        kind = address.partition(".")[0]
        found.setdefault(f"{kind} {canonical(arguments)}", []).append(address)
    return found


def _replaced(value: Any, pattern: re.Pattern[str], new: Mapping[str, str]) -> Any:
    match value:
        case dict():
            return {key: _replaced(inner, pattern, new) for key, inner in value.items()}
        case list():
            return [_replaced(inner, pattern, new) for inner in value]
        case str():
            return pattern.sub(lambda found: new[found[1]], value)
    return value
