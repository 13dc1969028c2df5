"""What a stack's JSON loses when it meets another provider version than the one it pins.

The rehearsal uses the provider that can be had. Where that is an older one, its schema lacks
arguments that the stacks set. These are dropped from the copy, and every drop must be on the list
below, so that no argument goes unchecked without anybody knowing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rehearsal.mirror import ordered
from rehearsal.schema import META_ARGUMENTS, Schema


@dataclass(frozen=True, order=True, kw_only=True)
class Unknown:
    """An argument that a provider version does not know."""

    resource_type: str
    argument: str


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """An argument that may be dropped, under a provider older than the one that brought it."""

    resource_type: str
    argument: str
    since: str
    """The provider version that brought it."""
    reason: str

    @property
    def unknown(self) -> Unknown:
        return Unknown(resource_type=self.resource_type, argument=self.argument)


DROPPED = (
    Dropped(
        resource_type="aws_eks_cluster",
        argument="deletion_protection",
        since="6.9.0",
        reason="EKS got deletion protection in August 2025, after the last 5.x provider.",
    ),
)


def adapt(document: dict[str, Any], *, schema: Schema) -> set[Unknown]:
    """Drop from a stack's JSON what `schema` does not know; what was dropped is returned."""
    dropped: set[Unknown] = set()
    for section, schemas in (("resource", schema.resources), ("data", schema.data)):
        for resource_type, blocks in document.get(section, {}).items():
            if resource_type not in schemas:
                continue
            block = schemas[resource_type]["block"]
            for body in blocks.values():
                for argument in _drop(body, block=block, path=()):
                    dropped.add(Unknown(resource_type=resource_type, argument=argument))
    for body in document.get("provider", {}).get("aws", []):
        for argument in _drop(body, block=schema.provider["block"], path=()):
            dropped.add(Unknown(resource_type="provider", argument=argument))
    return dropped


def faults(
    dropped: set[Unknown], *, version: str, listed: tuple[Dropped, ...] = DROPPED
) -> list[str]:
    """How `dropped` differs from the list, one sentence each; empty where it does not."""
    needed = {each.unknown for each in listed if ordered(version) < ordered(each.since)}
    return [
        *(
            f"{each.resource_type}.{each.argument} is unknown to provider {version}, so the "
            "rehearsal dropped it: add it, with the reason, to DROPPED in rehearsal/adaptation.py."
            for each in sorted(dropped - needed)
        ),
        *(
            f"{each.resource_type}.{each.argument} was not dropped under provider {version}: "
            "take it off DROPPED in rehearsal/adaptation.py."
            for each in sorted(needed - dropped)
        ),
    ]


def _drop(
    body: dict[str, Any], *, block: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[str]:
    attributes = block.get("attributes", {})
    blocks = block.get("block_types", {})
    for name in list(body):
        if name in attributes or (not path and name in {*META_ARGUMENTS, "alias", "//"}):
            continue
        if name == "dynamic":
            for made, repeated in body[name].items():
                inner_block = blocks.get(made, {"block": {}})["block"]
                yield from _drop(repeated["content"], block=inner_block, path=(*path, made))
            continue
        if name not in blocks:
            del body[name]
            yield ".".join((*path, name))
            continue
        inner = body[name] if isinstance(body[name], list) else [body[name]]
        for each in inner:
            if isinstance(each, dict):
                yield from _drop(each, block=blocks[name]["block"], path=(*path, name))
