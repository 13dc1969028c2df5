"""Whatever a name or a value holds, it is text on the page."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.page.html import label, written
from review.page.visible import visible
from tests.review.page.parsed import parsed, skeleton
from tests.review.page.samples import NAMES, stacks

HOSTILE = (
    "</script><script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</style><style>*{display:none}",
    "\"' onmouseover=alert(1) x='",
    "<!-- ",
    "]]><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;b&gt;&amp;#60;",
    "a" * 5_000,
    "\u202egnirts desrever\u2066",
    "\udcff\x00\x1b[31m\r\n\u2028",
    "שלום עולם مرحبا",
    "服务" * 40,
)


def benign_skeleton() -> Counter[tuple[str, ...]]:
    return skeleton(parsed(written(stacks())))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_element_and_no_attribute(text):
    page = stacks((text,) * len(NAMES))
    assert skeleton(parsed(written(page))) == benign_skeleton()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=len(NAMES), max_size=len(NAMES)))
def test_no_text_adds_an_element_or_an_attribute(texts):
    # The words decide which line is which, and which environment is prod.
    names = tuple(f"x{text}x" for text in texts)
    assert skeleton(parsed(written(stacks(names)))) == benign_skeleton()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_as_it_is(text):
    page = stacks((text,) * len(NAMES))
    found = parsed(written(page))
    names = [each.text for each in found.within("bdi.name")]
    assert f"{visible(text)}-1" in names


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_page_is_utf_8(text):
    page = stacks((text,) * len(NAMES))
    assert written(page).encode().decode()


def test_what_turns_a_line_around_is_shown():
    assert visible("a\u202eb\u200bc\ud800") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+D800⟩"


def test_what_people_write_stays():
    for text in ("naïve — “quoted”", "العربية", "日本語", "a\tb\nc", "👩🏽"):
        assert visible(text) == text


@pytest.mark.parametrize("name", ["short", "x" * 500, "服" * 500, "\u202e" * 9])
def test_a_label_fits_into_its_box(name):
    shown = label(name, 10)
    wide = sum(2 if letter == "服" else 1 for letter in shown)
    assert wide <= 10
    assert shown.endswith("…") == (len(name) > 5)
