"""How much of a large change fits on a page that a browser still opens at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from review.page.content import SIGNS, Box, Entry, Page
from review.page.visible import visible

BYTES = 1_800_000
"""Of all boxes, remarks, entries and lines; with its pictures a page stays below 2 MB."""

MOST_LINES, MOST_LETTERS = 240, 1_000
"""Of one entry, and of one of its lines."""

BOX, REMARK, ENTRY, OPENED, LINE = 750, 400, 200, 140, 14
"""Bytes of markup around a box, a remark, an entry's name, its lines, one of these."""

BoxPlace = tuple[int, int, int]
"""Number of the environment, of the map in it, of the box in that."""
EntryPlace = tuple[int, int, int, int]


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What of an entry's lines is shown, and how many lines are not."""

    lines: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class Share:
    """Who gets how much of the page.

    remarks: how many of them are shown, from the first. boxes: those that the table has.
    fits: the entries that are shown.
    """

    remarks: int
    boxes: frozenset[BoxPlace]
    fits: Mapping[EntryPlace, Fit]


def share(page: Page) -> Share:
    """Boxes first, then every entry's name, then lines; in each what a reader must see first."""
    left = BYTES
    remarks = 0
    for remark in page.remarks:
        left -= REMARK + _size(remark.message) + _size(remark.place)
        if left < BYTES // 2:
            break
        remarks += 1
    listed = []
    for _, place, box in sorted(_ranked(page), key=lambda found: found[0]):
        left -= BOX + 5 * _size(box.name) + _size(box.group)
        if left < BYTES // 4:
            break
        listed.append(place)
    entries = sorted(_entries(page, frozenset(listed)), key=lambda found: found[0])
    named = []
    for _, place, entry in entries:
        left -= ENTRY + _size(entry.name) + _size(entry.note)
        if left < BYTES // 6:
            break
        named.append((place, entry))
    fits = {}
    for place, entry in named:
        fits[place], cost = _fit(entry, left)
        left -= cost
    return Share(remarks=remarks, boxes=frozenset(listed), fits=fits)


def _boxes(page: Page) -> Iterator[tuple[BoxPlace, Box]]:
    for first, environment in enumerate(page.environments):
        for second, each in enumerate(environment.maps):
            for third, box in enumerate(each.boxes):
                yield (first, second, third), box


def _ranked(page: Page) -> Iterator[tuple[tuple[bool, bool, bool], BoxPlace, Box]]:
    """Every box, with what sorts it: remarked on, changed, of prod."""
    remarked = {(each.environment, each.kind, each.box) for each in page.remarks}
    for place, box in _boxes(page):
        environment = page.environments[place[0]]
        about = (environment.name, environment.maps[place[1]].kind, box.name)
        rank = (
            about not in remarked,
            box.weightiest is None,
            not (environment.is_prod or box.is_prod),
        )
        yield rank, place, box


def _entries(
    page: Page, listed: frozenset[BoxPlace]
) -> Iterator[tuple[tuple[bool, bool, int], EntryPlace, Entry]]:
    """Every entry of the boxes, with what sorts it: remarked on, of prod, by its sign's weight."""
    remarked = {(each.environment, each.kind, each.box, each.entry) for each in page.remarks}
    weight = {what: number for number, what in enumerate(SIGNS)}
    for place, box in _boxes(page):
        if place not in listed:
            continue
        environment = page.environments[place[0]]
        kind = environment.maps[place[1]].kind
        for number, entry in enumerate(box.entries):
            quiet = (environment.name, kind, box.name, entry.name) not in remarked
            prod = environment.is_prod or box.is_prod
            rank = (quiet, not prod, weight[entry.what])
            yield rank, (*place, number), entry


def _fit(entry: Entry, left: int) -> tuple[Fit, int]:
    """All of its lines that one entry may have, or none; and what they cost in bytes."""
    lines: list[str] = []
    cost = OPENED
    for line in entry.lines[:MOST_LINES]:
        lines.append(_shortened(line))
        cost += LINE + _size(lines[-1])
        if cost > left:
            return Fit(left_out=len(entry.lines)), 0
    return Fit(lines=tuple(lines), left_out=len(entry.lines) - len(lines)), cost


def _shortened(line: str) -> str:
    over = len(line) - MOST_LETTERS
    return f"{line[:MOST_LETTERS]} … and {over} more letters" if over > 0 else line


def _size(text: str) -> int:
    """Bytes on the page."""
    return len(str(escape(visible(text))).encode())
