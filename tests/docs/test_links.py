"""Every link in the pages leads to a file and, where it names one, to a heading in it."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from review.stacks.wording import SIGNS
from tests.docs.commands import PAGES
from tests.runbooks.pages import FENCE
from tests.synthesis import ROOT

LINK = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
WORDS = re.compile(r"[^\w\- ]")
LINKED = [*PAGES, ROOT / "CHANGELOG.md"]
REVIEWER = ROOT / "docs" / "first-day" / "reviewer.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
TEMPLATE = ROOT / "gitops-template" / "repository" / "@{staging(cookiecutter)}@"
# A folder of the project and something in it, as a file's path.
FILE = re.compile(r"`([a-z][\w-]*/[\w./-]+\.\w+)`")


def anchors(page: Path) -> set[str]:
    """How GitHub calls the headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), flags=re.MULTILINE)
    return {WORDS.sub("", heading.lower()).replace(" ", "-") for heading in headings}


def wrong(page: Path, target: str) -> bool:
    file, _, anchor = unquote(target).partition("#")
    there = (page.parent / file) if file else page
    return not there.exists() or bool(anchor and anchor not in anchors(there))


@pytest.mark.parametrize("page", LINKED, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = [each for each in LINK.findall(page.read_text()) if "://" not in each]
    assert [each for each in targets if wrong(page, each)] == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# A heading, here\n")
    assert not wrong(page, "#a-heading-here")
    assert wrong(page, "#another")
    assert wrong(page, "other.md")


def test_every_page_of_docs_is_reached_from_the_first() -> None:
    seen, waiting = set(), [ROOT / "docs" / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        for target in LINK.findall(page.read_text()):
            there = (page.parent / unquote(target).partition("#")[0]).resolve()
            if there.is_dir() and there.is_relative_to(ROOT / "docs"):
                waiting += sorted(there.glob("*.md"))
            elif there.is_file():
                waiting.append(there)
    assert set((ROOT / "docs").rglob("*.md")) - seen == set()


def test_the_reviewers_page_explains_every_sign() -> None:
    rows = re.findall(r"^\| `(.)` \| (\w+)", REVIEWER.read_text(), flags=re.MULTILINE)
    assert {word: sign for sign, word in rows} == SIGNS


def test_every_file_that_contributing_names_is_there() -> None:
    named = FILE.findall(CONTRIBUTING.read_text())
    assert len(named) > 30
    gone = [each for each in named if not any((at / each).exists() for at in (ROOT, TEMPLATE))]
    assert gone == []


def test_contributing_says_which_folder_is_for_what() -> None:
    table = CONTRIBUTING.read_text().partition("## Where things live")[2].partition("\n## ")[0]
    named = {each.partition("/")[0] for each in re.findall(r"`([a-z][\w-]*)/", table)}
    packages = {each.parent.name for each in ROOT.glob("*/__init__.py")}
    assert packages - named == {"tribe"}  # which only says where each verb is
