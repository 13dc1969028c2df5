"""Bringing a scaffolded repository up to date with its template, keeping what people changed in it.

Git's own three-way merge decides: between what the old template made, what the new one makes, and
what the repository says today. It runs in a temporary place; the repository gets the result as one
patch, not committed, for people to read.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import yaml

from delivery.disk_full import reason
from delivery.stack_folder import ROOT
from delivery.three_way_merge import GitFailed, Merge, git, knows

ANSWERS = ".scaffold.yaml"
TEMPLATES = "gitops-template"
SECONDS = 120  # for one use of the template


class UpdateError(Exception):
    """The repository is as it was; the message says what stands against an update, and the mend."""


class Update:
    """One update of `repository`, prepared in the folder `place`.

    difference: what it changes, as a patch. conflicts: files in which both sides changed the same
    lines; they hold both, between git's marks. kept: files that people deleted or changed and
    that the template changed or deleted: people's way stands.
    """

    def __init__(self, repository: Path, *, platform: Path, place: Path, base: str | None) -> None:
        self.repository = repository
        kept = _read_answers(repository)
        _refuse_changes(repository)
        revision = f"{base}:{TEMPLATES}" if base else kept["revision"]
        if not revision:
            raise UpdateError(
                f"{ANSWERS}: has no revision, the template had uncommitted changes when it was "
                "used. Name the nearest commit of the platform's repository: --base COMMIT."
            )
        old = _export(platform, revision, place / "old" / TEMPLATES)
        before = _bake(old, kept["answers"], place / "before")
        # That file is the template's alone: what it makes of it today is what stands.
        shutil.copy(repository / ANSWERS, before / ANSWERS)
        after = _bake(platform / TEMPLATES, _known_to(platform, kept["answers"]), place / "after")
        if not _read_answers(after)["revision"]:
            raise UpdateError(
                f"{platform / TEMPLATES} has changes that are not committed, or no git to tell. "
                "Commit them first: a later update must find what this one came from."
            )
        merge = Merge(
            place / "merge", before=before, after=after, ours=_head(repository, place / "ours")
        )
        self.difference, self.conflicts, self.kept = merge.difference, merge.conflicts, merge.kept

    def apply(self) -> None:
        """Change the repository's files, all or none. Raises: UpdateError, GitFailed."""
        _refuse_changes(self.repository)  # somebody was asked since, and may have edited meanwhile
        try:
            git(self.repository, "apply", "--whitespace=nowarn", "-", given=self.difference)
        except BaseException:
            _take_back(self.repository)
            raise


def _read_answers(repository: Path) -> Mapping[str, Any]:
    file = repository / ANSWERS
    if not file.is_file():
        raise UpdateError(f"{file} does not exist: is {repository} a scaffolded repository?")
    return yaml.safe_load(file.read_text())


def _refuse_changes(repository: Path) -> None:
    top = git(repository, "rev-parse", "--show-toplevel").decode().strip()
    if Path(top).resolve() != repository.resolve():
        raise UpdateError(
            f"{repository} is no git repository of its own. Commit it first: git init."
        )
    if git(repository, "status", "--porcelain"):
        raise UpdateError(
            f"{repository} has changes that are not committed. Commit or stash them first."
        )


def _take_back(repository: Path) -> None:
    """Make the files again what they were when nothing in them was uncommitted.

    Git applies file by file, and where the disk is full in the middle it leaves what it has. What
    is new goes first, which makes the room for the rest; neither command writes the index.
    """
    git(repository, "clean", "--force", "-d", "--quiet")
    git(repository, "checkout-index", "--all", "--force", "--quiet")


def _known_to(platform: Path, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that today's template still asks for; new ones take its defaults."""
    asked = json.loads((platform / TEMPLATES / "repository" / "cookiecutter.json").read_text())
    return {name: answer for name, answer in answers.items() if name in asked}


def _bake(templates: Path, answers: Mapping[str, str], into: Path) -> Path:
    """In a process of its own: two versions of one extension cannot be loaded into one."""
    into.mkdir()
    given = [f"{name}={answer}" for name, answer in answers.items()]
    command = [sys.executable, "-m", "cookiecutter", str(templates / "repository")]
    baked = subprocess.run(
        [*command, "--no-input", "--default-config", "--output-dir", str(into / "made"), *given],
        env={**os.environ, "HOME": str(into)},  # where Cookiecutter keeps what it was asked last
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if baked.returncode:
        raise UpdateError(
            f"The template could not be used with the kept answers.\n{baked.stdout}{baked.stderr}"
        )
    return next((into / "made").iterdir())


def _export(platform: Path, tree: str, into: Path) -> Path:
    if not knows(platform, tree):
        raise UpdateError(
            f"{ANSWERS}: {platform} does not know the revision {tree}. Fetch its whole history "
            "(git fetch --unshallow), or name the nearest commit: --base COMMIT."
        )
    return _unpack(git(platform, "archive", "--format=tar", tree), into)


def _head(repository: Path, into: Path) -> Path:
    return _unpack(git(repository, "archive", "--format=tar", "HEAD"), into)


def _unpack(archive: bytes, into: Path) -> Path:
    into.mkdir(parents=True)
    with tarfile.open(fileobj=BytesIO(archive)) as packed:
        packed.extractall(into, filter="data")
    return into


@click.command()
@click.argument("repository", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--base", metavar="COMMIT", help="Commit of the platform's repository that it was made from."
)
@click.option("--yes", is_flag=True, help="Change it without asking.")
def main(repository: Path, base: str | None, yes: bool) -> None:
    """Show what today's template would change in REPOSITORY, and merge it."""
    with tempfile.TemporaryDirectory(prefix="update-") as place:
        try:
            update = Update(repository.absolute(), platform=ROOT, place=Path(place), base=base)
        except (UpdateError, GitFailed, OSError) as error:
            sys.exit(f"{reason(error, folder=repository.absolute())}\nNothing was changed.")
        if not update.difference:
            click.echo("It is up to date.")
            return
        click.echo(update.difference.decode(errors="replace"))
        for file in update.kept:
            click.echo(
                f"{file}: one side removed it, the other changed it; it stays as it is here."
            )
        if not yes:
            click.confirm(f"Change {repository} so?", abort=True)
        try:
            update.apply()
        except (UpdateError, GitFailed, OSError) as error:
            sys.exit(f"{reason(error, folder=repository.absolute())}\nNothing was changed.")
    if update.conflicts:
        sys.exit(f"Both sides changed the same lines; choose in: {', '.join(update.conflicts)}.")
    click.echo(
        "Merged, and not committed: read it with `git diff`, then commit. "
        "`git stash --include-untracked` undoes it."
    )


if __name__ == "__main__":
    main()
