"""Where boxes and lines are drawn."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.page.content import Box, Entry
from review.page.drawing import HEIGHT, WIDTH, Drawing, path
from review.page.hanging import MOST_LOUD, MOST_QUIET, hanging
from review.page.layers import Bend, layers
from review.page.stacked import stacked

TRIBE = {
    "access": ("network", "cluster", "encryption"),
    "cluster": ("encryption", "network"),
    "edge": ("encryption",),
    "encryption": (),
    "gitops": ("access", "storage", "cluster"),
    "identity": ("cluster", "edge", "encryption"),
    "network": ("encryption",),
    "storage": ("encryption",),
}


def boxes(needs):
    return [Box(name=name, needs=tuple(own)) for name, own in needs.items()]


@st.composite
def graphs(draw):
    """Any needs of up to nine boxes: rings, boxes that are not there, and themselves among them."""
    names = [f"b{number}" for number in range(draw(st.integers(0, 9)))]
    anyone = st.sampled_from([*names, "elsewhere"])
    return {name: tuple(draw(st.lists(anyone, max_size=4))) for name in names}


def overlapping(drawing: Drawing):
    return [
        (one.box.name, other.box.name)
        for one, other in combinations(drawing.boxes, 2)
        if one.overlaps(other)
    ]


def outside(drawing: Drawing):
    return [
        each.box.name
        for each in drawing.boxes
        if min(each.x, each.y) < 0
        or each.x + WIDTH > drawing.width
        or each.y + HEIGHT > drawing.height
    ]


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_every_stack_has_a_place_of_its_own_inside_the_picture(needs):
    drawing = stacked(boxes(needs))
    assert sorted(each.box.name for each in drawing.boxes) == sorted(needs)
    assert overlapping(drawing) == []
    assert outside(drawing) == []


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_every_line_begins_and_ends_at_its_boxes_and_leads_down(needs):
    drawing = stacked(boxes(needs))
    at = {each.box.name: each for each in drawing.boxes}
    for curve in drawing.curves:
        assert curve.points[0] == at[curve.start].bottom
        assert curve.points[-1] == at[curve.end].top
        heights = [y for _, y in curve.points]
        assert heights == sorted(heights)
        assert curve.start in needs[curve.end]


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_no_line_passes_through_a_box(needs):
    drawing = stacked(boxes(needs))
    for curve in drawing.curves:
        for x, y in curve.points[1:-1]:
            inside = [
                each.box.name
                for each in drawing.boxes
                if each.x <= x <= each.x + WIDTH and each.y <= y <= each.y + HEIGHT
            ]
            assert inside == []


@settings(max_examples=50, deadline=None)
@given(graphs(), st.randoms())
def test_the_order_of_the_stacks_does_not_move_the_picture(needs, random):
    shuffled = list(needs.items())
    random.shuffle(shuffled)
    one, other = stacked(boxes(needs)), stacked(boxes(dict(shuffled)))
    assert {each.box.name: (each.x, each.y) for each in one.boxes} == {
        each.box.name: (each.x, each.y) for each in other.boxes
    }
    assert one.curves == other.curves


def test_what_is_needed_stands_above():
    height = {each.box.name: each.y for each in stacked(boxes(TRIBE)).boxes}
    pairs = [(need, name) for name, needs in TRIBE.items() for need in needs]
    assert [pair for pair in pairs if height[pair[0]] >= height[pair[1]]] == []


def test_a_line_that_follows_from_others_is_not_drawn():
    drawn = {(curve.start, curve.end) for curve in stacked(boxes(TRIBE)).curves}
    assert ("network", "cluster") in drawn
    assert ("encryption", "cluster") not in drawn
    assert ("cluster", "gitops") not in drawn


def test_a_line_over_several_rows_has_a_place_in_each():
    ways = {(way[0], way[-1]): way for way in layers(TRIBE).ways}
    bends = [place for place in ways["storage", "gitops"] if isinstance(place, Bend)]
    assert [bend.row for bend in bends] == [2, 3]


def test_no_stacks_make_an_empty_picture():
    assert stacked([]).boxes == ()


def applications(*, loud: int, quiet: int, group: str):
    entry = Entry(name="a", what="changed")
    return [
        *(Box(name=f"{group}-l{n}", group=group, entries=(entry,)) for n in range(loud)),
        *(Box(name=f"{group}-q{n}", group=group) for n in range(quiet)),
    ]


@pytest.mark.parametrize(("loud", "quiet"), [(0, 1), (3, 2), (5, 9), (24, 8), (60, 200)])
def test_applications_stand_in_their_frames_and_apart(loud, quiet):
    own = [
        Box(name="root"),
        *applications(loud=loud, quiet=quiet, group="a"),
        *applications(loud=quiet, quiet=loud, group="b"),
    ]
    drawing = hanging(own, root="root")
    assert overlapping(drawing) == []
    assert outside(drawing) == []
    frames = {frame.label: frame for frame in drawing.frames}
    assert list(frames) == ["a", "b"]
    assert frames["a"].y + frames["a"].height < frames["b"].y
    for each in drawing.boxes:
        if each.box.name != "root":
            frame = frames[each.box.group]
            assert frame.x < each.x
            assert each.x + WIDTH < frame.x + frame.width
            assert frame.y < each.y
            assert each.y + HEIGHT < frame.y + frame.height


@pytest.mark.parametrize(("loud", "quiet"), [(0, 1), (3, 2), (5, 9), (24, 8), (60, 200)])
def test_no_application_is_lost(loud, quiet):
    drawing = hanging(applications(loud=loud, quiet=quiet, group="a"), root="root")
    hidden = {each.quiet: each.number for each in drawing.folded}
    drawn = [bool(each.box.entries) for each in drawing.boxes]
    assert drawn.count(True) + hidden.get(False, 0) == loud
    assert drawn.count(False) + hidden.get(True, 0) == quiet
    assert drawn.count(True) <= MOST_LOUD + 1
    assert drawn.count(False) <= MOST_QUIET + 1


def test_every_frame_hangs_from_the_root():
    own = [Box(name="root"), *applications(loud=1, quiet=1, group="a")]
    drawing = hanging(own, root="root")
    [root] = [each for each in drawing.boxes if each.box.name == "root"]
    [curve] = drawing.curves
    [frame] = drawing.frames
    (x, y), (end_x, end_y) = curve.points
    assert root.x < x < root.x + WIDTH
    assert y == root.y + HEIGHT
    assert end_x == frame.x
    assert frame.y < end_y < frame.y + frame.height
    assert path(curve).startswith(f"M{x} {y}V")
