"""The runbooks of both repositories, and the commands in them."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.synthesis import ROOT

TEMPLATE = ROOT / "gitops-template" / "repository" / "@{staging(cookiecutter)}@"
FOLDERS = {"platform": ROOT / "docs" / "runbooks", "repository": TEMPLATE / "docs" / "runbooks"}

# A fence of one of these, or of none, is for a shell.
SHELL = ("", "sh", "bash")
FENCE = re.compile(
    r"^(?P<in> *)```(?P<kind>\w*)\n(?P<text>.*?)^(?P=in)```$", re.DOTALL | re.MULTILINE
)
INLINE = re.compile(r"`((?:argocd|aws|git|kubectl|make|terraform|tribe) [^`]+)`")
# What a person fills in: `<prod account>` where no shell would read it as a redirection.
BLANK = re.compile(r"<[a-z][a-z ]*>")
COMMENT = re.compile(r"(?:^|\s)# .*$", re.MULTILINE)
ASSIGNMENT = re.compile(r"\w+=.*")
OPERATORS = frozenset("();<>|&\n")


@dataclass(frozen=True)
class Page:
    """One page. where: in which of the two repositories."""

    where: str
    path: Path

    def __str__(self) -> str:
        return f"{self.where}: {self.path.relative_to(FOLDERS[self.where])}"

    @property
    def text(self) -> str:
        return BLANK.sub("FILLED", self.path.read_text())

    @property
    def scripts(self) -> list[str]:
        """What each fenced block for a shell holds, without its indentation."""
        return [
            re.sub(rf"^{found['in']}", "", found["text"], flags=re.MULTILINE)
            for found in FENCE.finditer(self.text)
            if found["kind"] in SHELL
        ]

    @property
    def commands(self) -> list[list[str]]:
        """Every command, of blocks and of the text between them, as its words."""
        prose = FENCE.sub("", self.text)
        inline = [" ".join(found.split()) for found in INLINE.findall(prose)]
        return [command for script in (*self.scripts, *inline) for command in _commands(script)]


def pages() -> list[Page]:
    return [
        Page(where, path)
        for where, folder in FOLDERS.items()
        for path in sorted(folder.rglob("*.md"))
    ]


def _commands(script: str) -> Iterator[list[str]]:
    """The simple commands of a script: what stands between pipes, lists and brackets."""
    words = shlex.shlex(
        COMMENT.sub("", script.replace("\\\n", " ")), posix=True, punctuation_chars="();<>|&\n"
    )
    words.whitespace = " \t"
    words.whitespace_split = True
    words.commenters = ""
    command: list[str] = []
    redirected = False
    for word in words:
        if set(word) <= OPERATORS:
            redirected = word[0] in "<>"
            if not redirected:
                yield from _whole(command)
                command = []
        elif redirected:
            redirected = False
        else:
            command.append(word)
    yield from _whole(command)


def _whole(command: list[str]) -> Iterator[list[str]]:
    while command and ASSIGNMENT.fullmatch(command[0]):
        command = command[1:]
    if command:
        yield command
