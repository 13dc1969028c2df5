"""Boxes in rows by what they need: the picture of an environment's stacks."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from review.page.content import Box
from review.page.drawing import HEIGHT, WIDTH, Curve, Drawing, Placed, Point
from review.page.layers import Bend, Layers, Place, layers

ROW_GAP, GAP = 54, 28
BEND = 4
"""How wide a line is that passes a row."""
MARGIN = 8
ROUNDS = 12
"""How often places are drawn to their neighbours; the picture is quiet after about six."""


def stacked(boxes: Sequence[Box]) -> Drawing:
    """What is needed above, what needs it below."""
    found = layers({box.name: box.needs for box in boxes})
    centre = _centres(found)
    height = len(found.rows) * (HEIGHT + ROW_GAP) - ROW_GAP
    by_name = {box.name: box for box in boxes}
    placed = [
        Placed(
            box=by_name[place], x=centre[place] - WIDTH // 2, y=MARGIN + row * (HEIGHT + ROW_GAP)
        )
        for row, places in enumerate(found.rows)
        for place in places
        if isinstance(place, str)
    ]
    at = {each.box.name: each for each in placed}
    return Drawing(
        width=max((round(x + _width(place) / 2) for place, x in centre.items()), default=0)
        + MARGIN,
        height=max(height, 0) + 2 * MARGIN,
        boxes=tuple(placed),
        curves=tuple(_curve(way, at, centre) for way in found.ways),
    )


def _curve(way: Sequence[Place], at: Mapping[str, Placed], centre: Mapping[Place, int]) -> Curve:
    start, *between, end = way
    points: list[Point] = [at[str(start)].bottom]
    for bend in between:
        if isinstance(bend, Bend):
            top = MARGIN + bend.row * (HEIGHT + ROW_GAP)
            points += [(centre[bend], top), (centre[bend], top + HEIGHT)]
    points.append(at[str(end)].top)
    return Curve(start=str(start), end=str(end), points=tuple(points))


def _centres(found: Layers) -> dict[Place, int]:
    """The middle of every place: near its neighbours, and clear of what stands beside it."""
    near: dict[Place, list[Place]] = {place: [] for row in found.rows for place in row}
    for way in found.ways:
        for upper, lower in pairwise(way):
            near[upper].append(lower)
            near[lower].append(upper)
    centre: dict[Place, float] = {}
    for row in found.rows:
        offsets = _offsets(row)
        middle = offsets[-1] / 2
        centre |= {place: offset - middle for place, offset in zip(row, offsets, strict=True)}
    for turn in range(ROUNDS):
        for row in found.rows if turn % 2 == 0 else reversed(found.rows):
            wanted = [
                sum(centre[each] for each in near[place]) / len(near[place])
                if near[place]
                else centre[place]
                for place in row
            ]
            centre |= zip(row, _apart(wanted, _offsets(row)), strict=True)
    left = min((centre[place] - _width(place) / 2 for place in centre), default=0)
    return {place: round(x - left) + MARGIN for place, x in centre.items()}


def _width(place: Place) -> int:
    return WIDTH if isinstance(place, str) else BEND


def _offsets(row: Sequence[Place]) -> list[float]:
    """How far each place's middle is from the first one's, as near as they may stand."""
    offsets = [0.0]
    for left, right in pairwise(row):
        # Rounding may bring two places one pixel nearer.
        offsets.append(offsets[-1] + (_width(left) + _width(right)) / 2 + GAP + 1)
    return offsets


def _apart(wanted: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """The places nearest to the wanted ones that keep their order and distances.

    Least squares with an order is isotonic regression: neighbours that would cross are pooled, and
    each pool stands at its mean.
    """
    pools: list[tuple[float, int]] = []
    for value in (want - offset for want, offset in zip(wanted, offsets, strict=True)):
        total, number = value, 1
        while pools and pools[-1][0] / pools[-1][1] > total / number:
            before, count = pools.pop()
            total, number = total + before, number + count
        pools.append((total, number))
    means = [total / number for total, number in pools for _ in range(number)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
