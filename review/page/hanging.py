"""Boxes in frames that hang from one root: the picture of an environment's applications."""

from collections.abc import Sequence

from review.page.content import Box
from review.page.drawing import HEIGHT, WIDTH, Curve, Drawing, Folded, Frame, Placed

COLUMNS = 4
GAP, PADDING, LABEL = 14, 14, 26
"""Between boxes, around them in a frame, and for the frame's label."""
FRAME_GAP = 18
MARGIN = 8
TRUNK = 28
"""How far right of the root's left side the line goes down."""
LEFT = 64
"""Where frames begin."""

MOST_LOUD, MOST_QUIET = 24, 8
"""How many boxes of a frame are drawn in which something happens, and in which nothing does."""


def hanging(boxes: Sequence[Box], *, root: str) -> Drawing:
    """The root on top, each group in a frame below it, what changes first."""
    placed = [Placed(box=box, x=MARGIN, y=MARGIN) for box in boxes if box.name == root]
    y = MARGIN + (HEIGHT + FRAME_GAP if placed else 0)
    frames: list[Frame] = []
    folded: list[Folded] = []
    for label in sorted({box.group for box in boxes if box.name != root}):
        own = [box for box in boxes if box.group == label and box.name != root]
        shown, hidden = _chosen(own)
        cells = len(shown) + len(hidden)
        spots = [_spot(number, y) for number in range(cells)]
        placed += [
            Placed(box=box, x=spot[0], y=spot[1]) for box, spot in zip(shown, spots, strict=False)
        ]
        folded += [
            Folded(number=number, quiet=quiet, x=spot[0], y=spot[1])
            for (number, quiet), spot in zip(hidden, spots[len(shown) :], strict=True)
        ]
        columns, rows = min(cells, COLUMNS), -(-cells // COLUMNS)
        frame = Frame(
            label=label, x=MARGIN + LEFT, y=y,
            width=columns * (WIDTH + GAP) - GAP + 2 * PADDING,
            height=LABEL + rows * (HEIGHT + GAP) - GAP + 2 * PADDING,
        )  # fmt: skip
        frames.append(frame)
        y += frame.height + FRAME_GAP
    right = max(
        (*(each.x + WIDTH for each in placed), *(each.x + each.width for each in frames)), default=0
    )
    return Drawing(
        width=right + MARGIN,
        height=y - FRAME_GAP + MARGIN if frames else y,
        boxes=tuple(placed),
        frames=tuple(frames),
        folded=tuple(folded),
        curves=tuple(_branch(root, frame) for frame in frames) if placed else (),
    )


def _branch(root: str, frame: Frame) -> Curve:
    x = MARGIN + TRUNK
    return Curve(
        start=root,
        end=frame.label,
        points=((x, MARGIN + HEIGHT), (frame.x, frame.y + LABEL)),
        sideways=True,
    )


def _spot(number: int, top: int) -> tuple[int, int]:
    row, column = divmod(number, COLUMNS)
    return (
        MARGIN + LEFT + PADDING + column * (WIDTH + GAP),
        top + PADDING + LABEL + row * (HEIGHT + GAP),
    )


def _chosen(boxes: Sequence[Box]) -> tuple[list[Box], list[tuple[int, bool]]]:
    """The boxes to draw, and how many loud and quiet ones are folded into one cell each."""
    loud = [box for box in boxes if box.weightiest]
    quiet = [box for box in boxes if not box.weightiest]
    shown: list[Box] = []
    hidden: list[tuple[int, bool]] = []
    for own, most, is_quiet in ((loud, MOST_LOUD, False), (quiet, MOST_QUIET, True)):
        # One box more is no larger than the cell that would say that there is one more.
        drawn = own if len(own) <= most + 1 else own[:most]
        shown += drawn
        if len(own) > len(drawn):
            hidden.append((len(own) - len(drawn), is_quiet))
    return shown, hidden
