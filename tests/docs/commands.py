"""The pages of the project, and whether what they tell people to type is there."""

import importlib
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from tests.runbooks.pages import FENCE, Page
from tests.synthesis import ROOT
from tribe.__main__ import VERBS

# The runbooks' other programs have their own tests, in tests/runbooks.
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
PYTHON = ".venv/bin/python"
# A line of `make help`: the target, its variables, those in brackets optional.
TARGET = re.compile(r"^## ([a-z-]+)((?: \[?[A-Z]+=\]?)*):", re.MULTILINE)


class Fences(Page):
    """A page's fenced blocks alone: what is typed as it stands, not what is talked about."""

    @property
    def text(self) -> str:
        return "\n".join(found[0] for found in FENCE.finditer(super().text))


def spoken(page: Path) -> list[list[str]]:
    """Every command in the page, also those that its sentences name."""
    return Page("platform", page).commands


def typed(page: Path) -> list[list[str]]:
    """Those in fenced blocks."""
    return Fences("platform", page).commands


def scripts(page: Path) -> list[str]:
    return Page("platform", page).scripts


def targets() -> dict[str, tuple[set[str], set[str]]]:
    """Each target of make, with the variables that it must have, and those it may have."""
    found = {}
    for name, variables in TARGET.findall((ROOT / "Makefile").read_text()):
        must = {each.rstrip("=") for each in variables.split() if not each.startswith("[")}
        may = {each.strip("[=]") for each in variables.split()}
        found[name] = (must, may)
    return found


def make_fault(words: Sequence[str], *, whole: bool) -> str | None:
    """What is wrong with `make WORDS`. whole: whether all that it needs must be said."""
    known = targets()
    given = {word.partition("=")[0] for word in words if "=" in word}
    called = [word for word in words if "=" not in word]
    if not called or called[0] not in known:
        return f"there is no target {' '.join(called)}"
    must, may = known[called[0]]
    if given - may:
        return f"{called[0]} takes no {', '.join(sorted(given - may))}"
    if whole and must - given:
        return f"{called[0]} needs {', '.join(sorted(must - given))}"
    return None


def tribe_fault(words: Sequence[str], *, whole: bool) -> str | None:
    """What is wrong with `tribe WORDS`."""
    if not words or words[0] == "--help":
        return None
    if words[0] not in VERBS:
        return f"there is no verb {words[0]}"
    module, _, name = VERBS[words[0]].partition(":")
    return click_fault(getattr(importlib.import_module(module), name), words[1:], whole=whole)


def python_fault(words: Sequence[str], *, whole: bool) -> str | None:
    """What is wrong with `.venv/bin/python WORDS`."""
    if words[:1] != ["-m"]:
        return None if (ROOT / words[0]).is_file() else f"there is no {words[0]}"
    module = words[1]
    if module == "tribe":
        return tribe_fault(words[2:], whole=whole)
    if module == "pytest":
        gone = [each for each in words[2:] if each[0] != "-" and not (ROOT / each).exists()]
        return f"there is no {', '.join(gone)}" if gone else None
    spec = find_spec(module)
    if spec is None:
        return f"there is no module {module}"
    run = module if spec.submodule_search_locations is None else f"{module}.__main__"
    command = getattr(importlib.import_module(run), "main", None)
    if isinstance(command, click.Command):
        return click_fault(command, words[2:], whole=whole)
    return None


def click_fault(command: click.Command, words: Sequence[str], *, whole: bool) -> str | None:
    """What the command would say of the words, without looking at files or running."""
    if "--help" in words:
        return None
    try:
        given, rest, _ = command.make_parser(click.Context(command)).parse_args(list(words))
    except click.UsageError as error:
        return error.format_message()
    if rest:
        return f"takes no {' '.join(rest)}"
    lacking = [
        str(each.name)
        for each in command.params
        if each.required and not isinstance(given.get(str(each.name)), str | tuple | list)
    ]
    return f"needs {', '.join(lacking)}" if whole and lacking else None


FAULTS: dict[str, Callable[..., str | None]] = {
    "make": make_fault,
    "tribe": tribe_fault,
    PYTHON: python_fault,
}
