"""What a page shows, whatever it was made from: environments, boxes, what changes in them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

What = Literal["added", "changed", "removed", "replaced", "moved", "forgotten"]
Severity = Literal["danger", "notice"]
Kind = Literal["stacks", "applications"]

SIGNS: Mapping[What, str] = {
    "removed": "\N{MINUS SIGN}",
    "replaced": "±",
    "changed": "~",
    "added": "+",
    "moved": "→",
    "forgotten": "○",
}
"""From what a reader must see first to what weighs least."""

PROD = "prod"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that changes: a resource of a stack, an object of an application.

    name: as people know it, `aws_vpc.vpc`, `Deployment api-services/orders`.
    note: what belongs to it in few words; empty where nothing does.
    setting: whether it is no resource but a stack's output, backend or provider.
    lines: its difference; the first letter of each says what becomes of it: `+`, `-`, `@`, blank.
    """

    name: str
    what: What
    note: str = ""
    setting: bool = False
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Box:
    """One stack or application, changed or not.

    group: the boxes it is drawn with, `services in api-services`; empty where it stands alone.
    needs: names of boxes of the same map that must stand before it.
    holds: how many resources or objects are in it afterwards; before, where it goes.
    becomes: what becomes of the box as a whole; None where it stays.
    whole: whether all of it was looked at.
    is_prod: whether it is prod's although its environment is not, as the stack `account-prod`.
    """

    name: str
    group: str = ""
    needs: tuple[str, ...] = ()
    holds: int = 0
    becomes: Literal["added", "removed"] | None = None
    whole: bool = True
    is_prod: bool = False
    entries: tuple[Entry, ...] = ()

    @cached_property
    def counts(self) -> Counter[What]:
        """Of all entries but settings."""
        return Counter(entry.what for entry in self.entries if not entry.setting)

    @cached_property
    def settings(self) -> int:
        return sum(entry.setting for entry in self.entries)

    @cached_property
    def weightiest(self) -> What | None:
        """What its sign says: the first of SIGNS that happens in it; None where it is quiet."""
        counts = self.counts
        found = next((what for what in SIGNS if counts[what]), self.becomes)
        return found or ("changed" if self.entries else None)


@dataclass(frozen=True, kw_only=True)
class Map:
    """The boxes of one kind in an environment. root: what all applications hang from."""

    kind: Kind
    boxes: tuple[Box, ...]
    root: str = ""

    @cached_property
    def counts(self) -> Counter[What]:
        return sum((box.counts for box in self.boxes), Counter())

    @cached_property
    def settings(self) -> int:
        return sum(box.settings for box in self.boxes)


@dataclass(frozen=True, kw_only=True)
class Environment:
    """maps: its stacks, its applications, or both."""

    name: str
    maps: tuple[Map, ...]

    @property
    def is_prod(self) -> bool:
        return PROD in self.name.split("-")

    @cached_property
    def counts(self) -> Counter[What]:
        return sum((each.counts for each in self.maps), Counter())

    @cached_property
    def settings(self) -> int:
        return sum(each.settings for each in self.maps)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A danger, or what is good to know.

    rule: which rule says it. place: where, in words.
    environment, kind, box, entry: names of what it is about; empty where it is about no single one.
    """

    severity: Severity
    rule: str
    message: str
    place: str
    environment: str = ""
    kind: Kind | None = None
    box: str = ""
    entry: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """base, head: the revisions in words; both empty where the page shows what there is, and
    compares nothing. repository: its name. unseen: what was not looked at.

    verb: the command that says all of it where the page leaves out something.
    """

    title: str
    repository: str
    base: str
    head: str
    verb: str
    environments: tuple[Environment, ...]
    remarks: tuple[Remark, ...] = field(default=())
    unseen: tuple[str, ...] = ()

    @property
    def compares(self) -> bool:
        return bool(self.base or self.head)

    @cached_property
    def counts(self) -> Counter[What]:
        return sum((each.counts for each in self.environments), Counter())

    @cached_property
    def settings(self) -> int:
        return sum(each.settings for each in self.environments)

    @cached_property
    def dangers(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if each.severity == "danger")

    @cached_property
    def notices(self) -> tuple[Remark, ...]:
        return tuple(each for each in self.remarks if each.severity == "notice")


def together(first: Page, second: Page, *, title: str) -> Page:
    """Both on one page, an environment's maps beside each other; the rest as the first says."""
    others = {each.name: each for each in second.environments}
    joined = [
        replace(each, maps=(*each.maps, *others.pop(each.name).maps))
        if each.name in others
        else each
        for each in first.environments
    ]
    return replace(
        first,
        title=title,
        environments=(*joined, *others.values()),
        remarks=(*first.remarks, *second.remarks),
        unseen=(*first.unseen, *second.unseen),
    )
