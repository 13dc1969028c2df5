"""The two revisions that are compared: the working tree, and where it left its base."""

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from review.could_not_run import CouldNotRun
from review.revision import UnknownRevisionError, at_revision

WORKING_TREE = "the working tree"
MAIN = "main.py"

# What the environments of two revisions are made from: equal locks, one environment for both.
LOCKS = ("Pipfile.lock", "package-lock.json")


class NothingToSynthesizeError(CouldNotRun):
    """A revision has no main.py; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Revision:
    """A checkout. name: in words for people. own: whether it needs an environment of its own."""

    name: str
    folder: Path
    own: bool = False


@contextmanager
def revisions(repository: Path, *, base: str) -> Generator[tuple[Revision, Revision]]:
    """Before and after: the commit in which the working tree left `base`, and the working tree.

    Raises: UnknownRevisionError, NothingToSynthesizeError.
    """
    after = Revision(name=WORKING_TREE, folder=repository)
    _synthesizable(after, mend="Run this in a checkout of the platform's repository.")
    commit, name = _left(repository, base)
    with at_revision(repository, commit) as folder:
        before = Revision(name=name, folder=folder, own=not _same_locks(repository, folder))
        _synthesizable(before, mend="Name a later one with --base.")
        yield before, after


def _left(repository: Path, base: str) -> tuple[str, str]:
    """The commit to compare with, and its name for people."""
    # A pipeline's checkout often has the branch as its remote's only.
    for name in (base, f"origin/{base}"):
        tip = _git(repository, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if not tip:
            continue
        left = _git(repository, "merge-base", "HEAD", tip)
        if not left:
            raise UnknownRevisionError(
                f"HEAD and {name} have no commit in common in this checkout. Where it is a shallow "
                "one, fetch the whole history (actions/checkout: fetch-depth: 0)."
            )
        short = left[:9]
        said = f"{name} ({short})" if left == tip else f"{short}, where this left {name}"
        return left, said
    raise UnknownRevisionError(
        f"{repository} has no revision {base!r}, and no origin/{base}. Name another with --base."
    )


def _git(repository: Path, *arguments: str) -> str:
    """What git says; empty where it fails."""
    ended = subprocess.run(
        ["git", "-C", str(repository), *arguments], capture_output=True, text=True, check=False
    )
    return ended.stdout.strip() if ended.returncode == 0 else ""


def _synthesizable(revision: Revision, *, mend: str) -> None:
    if not (revision.folder / MAIN).is_file():
        raise NothingToSynthesizeError(
            f"{revision.name} has no {MAIN}, so there are no stacks to compare. {mend}"
        )


def _same_locks(one: Path, other: Path) -> bool:
    return all(_content(one / lock) == _content(other / lock) for lock in LOCKS)


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
