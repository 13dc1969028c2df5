"""What is drawn from the code in docs/ is fresh, and written where it belongs."""

from pathlib import Path

import pytest

from stacks.environments import PLATFORM
from tools.pages import block
from tools.pages.parts import COST, START, parts
from tools.pages.sources import Sources

PARTS = [
    *((START, name) for name in ("accounts", "stacks", "repository")),
    *((COST, name) for name in ("different", "same", "free")),
]


@pytest.fixture(scope="module")
def drawn(sources: Sources) -> dict[tuple[Path, str], str]:
    return parts(PLATFORM, sources)


def test_nothing_else_is_drawn(drawn: dict[tuple[Path, str], str]) -> None:
    assert sorted(drawn) == sorted(PARTS)


@pytest.mark.parametrize(("page", "name"), PARTS, ids=lambda each: str(each).rpartition("/")[2])
def test_a_part_is_fresh(drawn: dict[tuple[Path, str], str], page: Path, name: str) -> None:
    assert block.read(page, name) == drawn[page, name], "Run `.venv/bin/python -m tools.pages`."


def test_what_is_around_a_part_stays(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    begin, end = block.BEGIN.format(name="one"), block.END.format(name="one")
    page.write_text(f"above\n{begin}\nold\n{end}\nbelow\n")
    block.write(page, "one", "a \\1 new\n")
    assert page.read_text() == f"above\n{begin}\na \\1 new\n{end}\nbelow\n"
    assert block.read(page, "one") == "a \\1 new\n"


def test_a_page_without_the_markers_says_which_lines_it_lacks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing\n")
    with pytest.raises(block.MarkersMissing, match=r"page\.md: write these two lines") as refused:
        block.write(page, "one", "new\n")
    assert block.BEGIN.format(name="one") in str(refused.value)
    assert page.read_text() == "nothing\n"


def test_docs_open_with_the_picture() -> None:
    headings = [line for line in START.read_text().splitlines() if line.startswith("#")]
    assert headings[0] == "# The platform, drawn"
    assert START.read_text().index("```mermaid") < START.read_text().index("## Where to read on")
