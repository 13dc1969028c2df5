"""One argument that differs between two revisions, and how all of them are found."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from review.stacks.replacing import plain
from review.stacks.values import canonical, is_empty, same

KNOWN_LATER = "(known after apply)"
"""How Terraform's plan shows a value that AWS decides."""

SENSITIVE = "(sensitive value)"
"""How Terraform shows what must not be shown."""

EXPRESSION = re.compile(r"\$\{(?!aws:|saml:|sts:|cognito-identity\.|graph\.|www\.)")
"""A Terraform expression; IAM's own variables look alike, and are texts."""

PLAIN_KEY = re.compile(r"[\w:-]+")

# What the elements of a list are called by; the first that all elements have, each another.
NAMES = ("Sid", "name", "key", "id", "rule_name", "sid")

# Terraform's own arguments whose order means nothing.
UNORDERED = {"depends_on", "lifecycle.ignore_changes", "lifecycle.replace_triggered_by"}

IsSet = Callable[[str], bool]


@dataclass(frozen=True, kw_only=True)
class Argument:
    """An argument that differs.

    path: `vpc_config.subnet_ids`, `rule[rate-limit].action`; empty for a value as a whole.
    before, after: normalised; None where it is not set.
    replaces: whether this forces a new resource.
    """

    path: str
    before: Any
    after: Any
    replaces: bool = False

    @property
    def known_later(self) -> bool:
        """Whether what it will be is decided only when it is applied."""
        written = canonical(self.after)
        return KNOWN_LATER in written or bool(EXPRESSION.search(written))

    @property
    def name(self) -> str:
        """The last part of the path: `action` of `rule[rate-limit].action`."""
        return plain(self.path).rpartition(".")[2]


def differences(
    before: Any, after: Any, *, is_set: IsSet = lambda _: False, path: str = ""
) -> Iterator[Argument]:
    """Every argument that differs between two normalised values, in the order of their paths.

    is_set: whether the order of the list at a path means nothing.
    """
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(
                before.get(key), after.get(key), is_set=is_set, path=joined(path, key)
            )
        return
    old, new = _elements(before, after)
    if old is None or new is None:
        yield Argument(path=path, before=before, after=after)
    elif unordered := (plain(path) in UNORDERED or is_set(path)):
        if Counter(map(canonical, old)) != Counter(map(canonical, new)):
            yield from _listed(old, new, unordered=unordered, is_set=is_set, path=path)
    else:
        yield from _listed(old, new, unordered=unordered, is_set=is_set, path=path)


def joined(path: str, key: str) -> str:
    """The path of what stands under `key`."""
    if PLAIN_KEY.fullmatch(key):
        return f"{path}.{key}" if path else key
    return f'{path}["{key}"]'


def _elements(before: Any, after: Any) -> tuple[list[Any] | None, list[Any] | None]:
    """Both as lists, where at least one is: a block may be written alone or in a list."""
    if not isinstance(before, list) and not isinstance(after, list):
        return None, None
    found = []
    for value in (before, after):
        if isinstance(value, dict):
            value = [value]
        found.append(value if isinstance(value, list) else None)
    return found[0], found[1]


def _listed(
    old: list[Any], new: list[Any], *, unordered: bool, is_set: IsSet, path: str
) -> Iterator[Argument]:
    if not all(isinstance(each, dict) for each in (*old, *new)):
        if len(old) == len(new) and not unordered:
            for number, (was, becomes) in enumerate(zip(old, new, strict=True)):
                yield from differences(was, becomes, is_set=is_set, path=f"{path}[{number}]")
        else:
            yield Argument(path=path, before=old, after=new)
        return
    if name := _name(old, new):
        was = {str(each[name]): each for each in old}
        becomes = {str(each[name]): each for each in new}
        kept = [key for key in was if key in becomes]
        if not unordered and kept != [key for key in becomes if key in was]:
            yield Argument(path=path, before=list(was), after=list(becomes))
        for key in [*was, *(key for key in becomes if key not in was)]:
            yield from differences(
                was.get(key), becomes.get(key), is_set=is_set, path=f"{path}[{key}]"
            )
        return
    if unordered:
        old, new = _without_equal(old, new)
    for number in range(max(len(old), len(new))):
        was, becomes = (side[number] if number < len(side) else None for side in (old, new))
        yield from differences(was, becomes, is_set=is_set, path=f"{path}[{number}]")


def _name(old: list[Any], new: list[Any]) -> str:
    """What these elements are called by; empty where they have no names."""
    for name in NAMES:
        if all(
            len({str(each.get(name)) for each in side if not is_empty(each.get(name))}) == len(side)
            for side in (old, new)
        ):
            return name
    return ""


def _without_equal(old: list[Any], new: list[Any]) -> tuple[list[Any], list[Any]]:
    left = list(new)
    gone = []
    for each in old:
        if each in left:
            left.remove(each)
        else:
            gone.append(each)
    return gone, left
