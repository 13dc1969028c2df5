"""What a plan would change, argument by argument, read from `terraform show -json`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rehearsal.schema import Schema

EXISTENCE = ""
"""Stands for the argument where a resource as a whole is made or removed."""


@dataclass(frozen=True, order=True, kw_only=True)
class Change:
    """One argument of one resource that a plan would change."""

    resource_type: str
    address: str
    argument: str
    """`block.argument`, without the numbers of list items."""


def changes(plan: Mapping[str, Any], *, schema: Schema) -> list[Change]:
    """Every change of `plan`. A replacement counts by the arguments that differ."""
    found: set[Change] = set()
    for resource in plan.get("resource_changes", []):
        change = resource["change"]
        if resource["mode"] != "managed" or change["actions"] == ["no-op"]:
            continue
        for argument in _arguments(resource["type"], change, schema=schema):
            found.add(
                Change(
                    resource_type=resource["type"], address=resource["address"], argument=argument
                )
            )
    return sorted(found)


def _arguments(kind: str, change: Mapping[str, Any], *, schema: Schema) -> set[str]:
    if change["before"] is None or change["after"] is None:
        return {EXISTENCE}
    unknown = change.get("after_unknown") or {}
    known = set(_differences(change["before"], change["after"], unknown, path=()))
    pending = set(_unknowns(unknown, path=()))
    forced = {
        ".".join(part for part in path if isinstance(part, str))
        for path in change.get("replace_paths", [])
    }
    configured = {each for each in pending if not schema.is_computed(kind, each)}
    # What AWS fills in is unknown in every update: it counts only where nothing else explains it.
    return known | forced | configured or pending


def _differences(before: Any, after: Any, unknown: Any, *, path: tuple[str, ...]) -> Iterator[str]:
    """The arguments of one block that differ, and those of the blocks in it."""
    for name in before.keys() | after.keys():
        one, other, pending = before.get(name), after.get(name), unknown.get(name)
        if pending is True or one == other or (_is_nothing(one) and _is_nothing(other)):
            continue
        if _are_blocks(one) and _are_blocks(other) and len(one) == len(other):
            inner = pending if isinstance(pending, list) else [{}] * len(one)
            for each in zip(one, other, inner, strict=True):
                yield from _differences(*each, path=(*path, name))
        else:
            yield ".".join((*path, name))


def _is_nothing(value: Any) -> bool:
    """A provider reads what is not set as null, as an empty string or as an empty collection."""
    return value is None or value in ("", [], {})


def _are_blocks(value: Any) -> bool:
    """Blocks come as lists of objects, also where there can be only one; a map is an attribute."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _unknowns(unknown: Any, *, path: tuple[str, ...]) -> Iterator[str]:
    if unknown is True:
        yield ".".join(path)
    elif isinstance(unknown, dict):
        for name, each in unknown.items():
            yield from _unknowns(each, path=(*path, name))
    elif isinstance(unknown, list):
        for each in unknown:
            yield from _unknowns(each, path=path)
