"""A danger that is planted in a stack, and how one is written."""

from dataclasses import dataclass
from typing import Any

from tests.review.stacks.tiny import Resources


@dataclass(frozen=True)
class Planted:
    """What a change does, in words; before and after; the rules that find it."""

    claim: str
    before: Resources
    after: Resources
    rules: tuple[str, ...]


def changed(claim: str, address: str, before: Any, after: Any, *rules: str) -> Planted:
    """One resource's arguments change."""
    return Planted(claim, {address: before}, {address: after}, rules)


def added(claim: str, there: Resources, address: str, arguments: Any, *rules: str) -> Planted:
    """A resource comes to those that are there."""
    return Planted(claim, there, {**there, address: arguments}, rules)


def removed(claim: str, there: Resources, address: str, arguments: Any, *rules: str) -> Planted:
    """A resource goes, and those that are there stay."""
    return Planted(claim, {**there, address: arguments}, there, rules)
