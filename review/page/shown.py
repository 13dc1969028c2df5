"""What of a page's content is shown, and where: every box and entry with its anchor."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from review.page.content import SIGNS, Box, Entry, Environment, Map, Remark, What
from review.page.drawing import Drawing


@dataclass(frozen=True, kw_only=True)
class ShownEntry:
    """lines: those that are shown; left_out: how many are not."""

    anchor: str
    entry: Entry
    remarks: tuple[Remark, ...]
    lines: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class ShownBox:
    """left_out: how many entries are not shown."""

    anchor: str
    box: Box
    remarks: tuple[Remark, ...]
    entries: tuple[ShownEntry, ...]
    left_out: int
    is_open: bool

    @cached_property
    def dangers(self) -> int:
        return sum(remark.severity == "danger" for remark in self.remarks)


@dataclass(frozen=True, kw_only=True)
class ShownMap:
    """boxes: those that are shown, in words at least; left_out: how many are not."""

    anchor: str
    map: Map
    drawing: Drawing
    boxes: tuple[ShownBox, ...]
    left_out: int

    @cached_property
    def by_name(self) -> dict[str, ShownBox]:
        return {each.box.name: each for each in self.boxes}

    @cached_property
    def used(self) -> tuple[What, ...]:
        """What happens in this map at all, for its legend and its table's columns."""
        happens = {box.weightiest for box in self.map.boxes}
        return tuple(what for what in SIGNS if self.map.counts[what] or what in happens)

    @cached_property
    def loud(self) -> tuple[ShownBox, ...]:
        return tuple(each for each in self.boxes if each.box.weightiest)


@dataclass(frozen=True, kw_only=True)
class ShownEnvironment:
    anchor: str
    environment: Environment
    maps: tuple[ShownMap, ...]
    dangers: int


@dataclass(frozen=True, kw_only=True)
class ShownRemark:
    """anchor: of what it is about, as near as it is shown; empty where it is about no single one.

    prod: whether it is about prod.
    """

    remark: Remark
    anchor: str
    prod: bool


@dataclass(frozen=True, kw_only=True)
class Shown:
    environments: tuple[ShownEnvironment, ...]
    remarks: tuple[ShownRemark, ...]
    left_out: tuple[str, ...]

    @cached_property
    def used(self) -> tuple[What, ...]:
        """What happens on this page at all, for the summary's columns."""
        counts = sum((each.environment.counts for each in self.environments), Counter[What]())
        return tuple(what for what in SIGNS if counts[what])
