"""What the scripts of workflows call: make's verbs, `tribe` and the project's own modules."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

import click

from tests.workflows.workflow import Workflow

ENDS = {"|", "||", "&&", ";", "(", ")", ";;", "&", "|&"}
PYTHON = (".venv/bin/python", "-m")


@dataclass(frozen=True)
class Command:
    """A command and its words, as the shell parts them; what is written to files is left out."""

    words: tuple[str, ...]

    @property
    def options(self) -> list[str]:
        own = self.words[: self.words.index("--")] if "--" in self.words else self.words
        return [word.partition("=")[0] for word in own if word.startswith("--")]


def commands(workflow: Workflow) -> Iterator[tuple[str, Command]]:
    """Job's name, command: each line of each script that begins with what this project brings."""
    for job, step in workflow.steps:
        for line in re.sub(r"\\\n\s*", " ", step.get("run", "")).splitlines():
            yield from ((job, command) for command in _parts(line.strip()))


def _parts(line: str) -> Iterator[Command]:
    if not re.search(r"(^|\s)(make|tribe|\.venv/bin/python)\s", line):
        return
    lexer = shlex.shlex(line, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if word not in ENDS:
            words.append(word)
            continue
        for marker in (">", ">>", "<"):
            if marker in words:
                words = words[: words.index(marker)]
        if words and words[0] in ("make", "tribe", PYTHON[0]):
            yield Command(tuple(words))
        words = []


def known_options(command: click.Command) -> set[str]:
    return {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
