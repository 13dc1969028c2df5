"""What workflows call exists: each verb of make and of `tribe`, each module, each option."""

import importlib
import re
from pathlib import Path

import click
import pytest

from tests.synthesis import ROOT
from tests.workflows.commands import PYTHON, Command, commands, known_options
from tests.workflows.workflow import Workflow, workflows
from tribe.__main__ import VERBS

MAKE = re.compile(r"^## (\w+)", re.MULTILINE)

SCRIPT = """
on: push
jobs:
  all:
    steps:
      - run: |
          make synth && tribe check . --jsn file
          .venv/bin/python -m delivery.drift "$ENVIRONMENT" \\
            --commit "$GITHUB_SHA" || code=$?
          tribe retire --env="$STAGE" -- "$SERVICE" >>file
          echo tribe none
"""


def fault(command: Command) -> str | None:
    """What of the command does not exist."""
    words = command.words
    if words[0] == "make":
        verbs = {word for word in words[1:] if "=" not in word}
        unknown = verbs - set(MAKE.findall((ROOT / "Makefile").read_text()))
        return f"make {' '.join(sorted(unknown))}" if unknown else None
    if words[0] == "tribe" or words[: len(PYTHON) + 1] == (*PYTHON, "tribe"):
        _, _, after = " ".join(words).partition("tribe ")
        verb = after.split()[0]
        if verb not in VERBS:
            return f"tribe {verb}"
        module, _, name = VERBS[verb].partition(":")
        called = getattr(importlib.import_module(module), name)
    else:
        assert words[: len(PYTHON)] == PYTHON, words
        called = importlib.import_module(words[len(PYTHON)]).main
        if isinstance(called, click.Group):
            verb = words[len(PYTHON) + 1]
            if verb not in called.commands:
                return f"{words[len(PYTHON)]} {verb}"
            called = called.commands[verb]
    unknown = sorted(set(command.options) - known_options(called))
    return f"{' '.join(words)}: {', '.join(unknown)}" if unknown else None


def test_every_command_in_a_workflow_exists(repository: Path):
    called = [
        (workflow.name, command)
        for workflow in workflows(repository)
        for _, command in commands(workflow)
    ]
    assert called
    faults = [(name, fault(command)) for name, command in called]
    assert [each for each in faults if each[1]] == []


@pytest.fixture
def found(tmp_path: Path) -> list[Command]:
    path = tmp_path / "workflow.yaml"
    path.write_text(SCRIPT)
    return [command for _, command in commands(Workflow(path))]


def test_commands_are_found_as_the_shell_parts_them(found: list[Command]):
    assert [command.words for command in found] == [
        ("make", "synth"),
        ("tribe", "check", ".", "--jsn", "file"),
        (*PYTHON, "delivery.drift", "$ENVIRONMENT", "--commit", "$GITHUB_SHA"),
        ("tribe", "retire", "--env=$STAGE", "--", "$SERVICE"),
    ]


def test_an_option_or_a_verb_that_does_not_exist_is_found(found: list[Command]):
    assert [fault(command) for command in found] == [
        None,
        "tribe check . --jsn file: --jsn",
        None,
        None,
    ]
    assert fault(Command(("make", "synthesise"))) == "make synthesise"
    assert fault(Command(("tribe", "promot", "x"))) == "tribe promot"
    assert (
        fault(Command((*PYTHON, "delivery.pipeline", "aply", "prod"))) == "delivery.pipeline aply"
    )
