"""A picture in numbers: boxes, frames and curves, before anything is written as SVG.

All numbers are pixels from the top left corner, whole ones, so that the same input gives the same
bytes on every machine.
"""

from dataclasses import dataclass

from review.page.content import Box

WIDTH, HEIGHT = 224, 56
"""Of every box."""

Point = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A box with its top left corner."""

    box: Box
    x: int
    y: int

    @property
    def top(self) -> Point:
        return self.x + WIDTH // 2, self.y

    @property
    def bottom(self) -> Point:
        return self.x + WIDTH // 2, self.y + HEIGHT

    def overlaps(self, other: "Placed") -> bool:
        return abs(self.x - other.x) < WIDTH and abs(self.y - other.y) < HEIGHT


@dataclass(frozen=True, kw_only=True)
class Folded:
    """What stands for boxes that are not drawn. quiet: whether nothing happens in them."""

    number: int
    quiet: bool
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A rectangle around the boxes of one group."""

    label: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Curve:
    """From the box (or root) `start` to the box (or frame) `end`; through all points, in order."""

    start: str
    end: str
    points: tuple[Point, ...]
    sideways: bool = False


@dataclass(frozen=True, kw_only=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Placed, ...]
    curves: tuple[Curve, ...] = ()
    frames: tuple[Frame, ...] = ()
    folded: tuple[Folded, ...] = ()


def path(curve: Curve) -> str:
    """The curve in SVG's path language, with an arrow's head at its end."""
    (x, y), *rest = curve.points
    drawn = f"M{x} {y}"
    if curve.sideways:
        # Down the trunk, then round the corner to the side of what hangs from it.
        end_x, end_y = rest[-1]
        drawn += f"V{end_y - 10}Q{x} {end_y} {x + 10} {end_y}H{end_x}"
        return f"{drawn}m-6 -4l6 4l-6 4"
    for next_x, next_y in rest:
        middle = (y + next_y) // 2
        drawn += f"C{x} {middle} {next_x} {middle} {next_x} {next_y}"
        x, y = next_x, next_y
    return f"{drawn}m-4 -6l4 6l4 -6"
