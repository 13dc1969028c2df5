"""Which row each box stands in, and in what order: what it needs is always above it.

Sugiyama's method in small (https://doi.org/10.1109/TSMC.1981.4308636): the longest way down gives
the row, a line over several rows gets a place in each of them, and every row is sorted by where its
neighbours stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8
"""How often the rows are sorted down and up again; small graphs settle in three."""

Needs = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Bend:
    """Where a line from `start` to `end` passes a row."""

    start: str
    end: str
    row: int


Place = str | Bend


@dataclass(frozen=True, kw_only=True)
class Layers:
    """rows: from top to bottom, each from left to right.

    ways: for each line that is drawn, every place it passes, from what is needed to what needs it.
    """

    rows: tuple[tuple[Place, ...], ...]
    ways: tuple[tuple[Place, ...], ...]


def layers(needs: Mapping[str, Sequence[str]]) -> Layers:
    """needs: name → names of what must stand before it. Unknown names and rings are left out."""
    graph = _without_rings(needs)
    drawn = _direct(graph)
    row_of = {name: _depth(name, graph) for name in graph}
    rows: list[list[Place]] = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for name in sorted(graph):
        rows[row_of[name]].append(name)
    ways = []
    for name in sorted(drawn):
        for need in sorted(drawn[name]):
            between = [Bend(need, name, row) for row in range(row_of[need] + 1, row_of[name])]
            for bend in between:
                rows[bend.row].append(bend)
            ways.append((need, *between, name))
    _sort(rows, ways)
    return Layers(rows=tuple(map(tuple, rows)), ways=tuple(ways))


def _without_rings(needs: Mapping[str, Sequence[str]]) -> Needs:
    """CDKTF refuses rings; what is read from a file might hold one, and must not hang the page."""
    graph: dict[str, frozenset[str]] = {}
    for name in sorted(needs):
        graph[name] = frozenset()
    for name in sorted(needs):
        for need in sorted(set(needs[name])):
            if need in graph and need != name and name not in _all_above(need, graph):
                graph[name] |= {need}
    return graph


def _all_above(name: str, graph: Needs) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for need in graph[waiting.pop()] - found:
            found.add(need)
            waiting.append(need)
    return found


def _direct(graph: Needs) -> Needs:
    """Without lines that follow from others: who needs b, which needs a, needs a anyway."""
    above = {name: _all_above(name, graph) for name in graph}
    return {
        name: frozenset(
            need
            for need in needs
            if not any(need in above[other] for other in needs if other != need)
        )
        for name, needs in graph.items()
    }


def _depth(name: str, graph: Needs) -> int:
    depth, level = 0, graph[name]
    while level:
        depth += 1
        level = frozenset(need for each in level for need in graph[each])
    return depth


def _sort(rows: list[list[Place]], ways: Sequence[tuple[Place, ...]]) -> None:
    """Sort every row by the middle of its neighbours' places, down and up."""
    above: dict[Place, list[Place]] = {place: [] for row in rows for place in row}
    below: dict[Place, list[Place]] = {place: [] for row in rows for place in row}
    for way in ways:
        for upper, lower in pairwise(way):
            above[lower].append(upper)
            below[upper].append(lower)
    best, fewest = [list(row) for row in rows], crossings(rows, below)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        order = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
        for number in order:
            beside = rows[number - 1] if down else rows[number + 1]
            where = {place: index for index, place in enumerate(beside)}
            neighbours = above if down else below
            middles = {
                place: _middle([where[each] for each in neighbours[place]], index)
                for index, place in enumerate(rows[number])
            }
            rows[number].sort(key=middles.__getitem__)
        now = crossings(rows, below)
        if now < fewest:
            best, fewest = [list(row) for row in rows], now
    rows[:] = best


def _middle(places: list[int], own: int) -> float:
    return sum(places) / len(places) if places else own


def crossings(rows: Sequence[Sequence[Place]], below: Mapping[Place, Sequence[Place]]) -> int:
    """How many pairs of lines between neighbouring rows cross."""
    found = 0
    for upper, lower in pairwise(rows):
        where = {place: index for index, place in enumerate(lower)}
        lines = [(index, where[end]) for index, place in enumerate(upper) for end in below[place]]
        found += sum(
            (a - c) * (b - d) < 0
            for number, (a, b) in enumerate(lines)
            for c, d in lines[number + 1 :]
        )
    return found
