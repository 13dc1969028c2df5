"""A change of any size is a page that opens at once, and says what it leaves out."""

import pytest

from review.page.html import written
from tests.review.page.parsed import parsed
from tests.review.page.samples import large


@pytest.mark.parametrize(
    "page",
    [
        large(boxes=300, entries=8, lines=12),
        large(boxes=2_500, entries=3, lines=5),
        large(boxes=40, entries=30, lines=400, line="+<&\"'>" * 400),
        large(boxes=3, entries=4_000, lines=1),
    ],
    ids=["many", "many boxes", "long lines", "many entries"],
)
def test_a_large_change_stays_below_two_megabytes_and_says_what_is_left_out(page):
    text = written(page)
    assert len(text.encode()) < 2_000_000
    found = parsed(text)
    entries = found.within(".entry")
    total = page.counts.total()
    [said] = found.within("header")[0].within("p.left-out")
    if len(entries) < total:
        assert f"{total - len(entries):,} changes altogether" in said.text
    else:
        assert "lines, all or some of them" in said.text
    prod = found.within("section.environment")[1]
    assert any(entry.within("pre") for entry in prod.within(".entry"))


def test_a_long_difference_says_how_many_lines_are_left_out():
    found = parsed(written(large(boxes=1, entries=1, lines=300)))
    [entry, _] = found.within("details.entry")
    assert len(entry.within("pre")[0].children) == 240
    assert "60 lines more left out here" in entry.within("p.left-out")[0].text
