"""A change, and what the review says of it, in its words."""

from dataclasses import dataclass
from typing import Any

from tests.review.stacks.planted.case import added, changed, removed
from tests.review.stacks.tiny import Resources


@dataclass(frozen=True)
class Told:
    """A change, and the start of what is said of it; nothing where it harms nobody."""

    claim: str
    before: Resources
    after: Resources
    said: tuple[str, ...]


def one(claim: str, address: str, before: Any, after: Any, *said: str) -> Told:
    """One resource's arguments change."""
    case = changed(claim, address, before, after)
    return Told(claim, case.before, case.after, said)


def comes(claim: str, there: Resources, address: str, arguments: Any, *said: str) -> Told:
    case = added(claim, there, address, arguments)
    return Told(claim, case.before, case.after, said)


def goes(claim: str, there: Resources, address: str, arguments: Any, *said: str) -> Told:
    case = removed(claim, there, address, arguments)
    return Told(claim, case.before, case.after, said)
