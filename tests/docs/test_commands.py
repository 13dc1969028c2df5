"""What the pages tell people to type can be typed."""

import subprocess
from pathlib import Path

import pytest

from tests.docs.commands import FAULTS, PAGES, PYTHON, scripts, spoken, typed
from tests.runbooks.programs import aws_options
from tests.synthesis import ROOT

# Programs that others bring; what is said of them here is little, and plain.
PLAIN = {"aws", "cd", "git", "pipx", "terraform"}
RUNBOOKS = ROOT / "docs" / "runbooks"
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@every_page
def test_every_block_is_a_script(page: Path) -> None:
    for script in scripts(page):
        ended = subprocess.run(
            ["bash", "-n"], input=script, capture_output=True, text=True, timeout=60, check=False
        )
        assert ended.returncode == 0, f"{script}\n{ended.stderr}"


@every_page
def test_every_command_in_a_block_is_whole(page: Path) -> None:
    faults = {
        " ".join(command): fault
        for command in typed(page)
        if command[0] in FAULTS
        if (fault := FAULTS[command[0]](command[1:], whole=True))
    }
    assert faults == {}


@every_page
def test_every_command_in_a_sentence_is_there(page: Path) -> None:
    faults = {
        " ".join(command): fault
        for command in spoken(page)
        if command[0] in FAULTS
        if (fault := FAULTS[command[0]](command[1:], whole=False))
    }
    assert faults == {}


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if not page.is_relative_to(RUNBOOKS)],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_no_other_program_is_called_unseen(page: Path) -> None:
    assert {command[0] for command in typed(page)} <= PLAIN | FAULTS.keys()


def test_every_call_of_aws_on_the_page_on_cost_is_one() -> None:
    calls = [words for words in typed(ROOT / "docs" / "cost.md") if words[0] == "aws"]
    assert len(calls) == 2
    for _, service, operation, *rest in calls:
        options = {word.removeprefix("--") for word in rest if word.startswith("--")}
        assert options <= aws_options(service, operation)


def test_there_are_commands_of_every_kind() -> None:
    """A reader of pages that finds nothing finds no fault either."""
    found = [command for page in PAGES for command in typed(page)]
    assert len(found) > 60
    assert {"make", "tribe", PYTHON} <= {command[0] for command in found}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("make deploi ENV=dev", "there is no target deploi"),
        ("make deploy", "deploy needs ENV"),
        ("make synth ENV=dev", "synth takes no ENV"),
        ("make service NAME=a CLASS=api INTO=b", "service needs TEAM"),
        ("tribe promot orders", "there is no verb promot"),
        ("tribe promote orders", "needs environment"),
        ("tribe promote --to staging", "needs service"),
        ("tribe check . --jsn", "No such option '--jsn'"),
        ("tribe check . more", "takes no more"),
        (f"{PYTHON} -m tribe render .", "needs environment"),
        (f"{PYTHON} -m tools.page", "there is no module tools.page"),
        (f"{PYTHON} -m rehearsal dev --kep", "No such option '--kep'"),
        (f"{PYTHON} -m pytest -q tests/stack", "there is no tests/stack"),
    ],
)
def test_a_mistake_is_found(words: str, fault: str) -> None:
    program, *rest = words.split()
    assert str(FAULTS[program](rest, whole=True)).startswith(fault)


@pytest.mark.parametrize(
    "words",
    [
        "make bench",
        "make bench PEERS=1",
        "make facts ENV=dev",
        "tribe diff . --base main --env dev --env prod",
        "tribe rollback orders --env dev --to 1.4.0 --pull-request",
        f"{PYTHON} -m rehearsal dev --keep",
    ],
)
def test_what_can_be_typed_is_no_mistake(words: str) -> None:
    program, *rest = words.split()
    assert FAULTS[program](rest, whole=True) is None
