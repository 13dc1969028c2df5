"""A repository at a remote, and the checkouts that people and pipelines have of it."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECONDS = 90


def git(folder: Path, *arguments: str) -> str:
    """What git prints. Raises: AssertionError, with its words."""
    ended = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "GIT_DIR"},
    )
    assert ended.returncode == 0, f"git {arguments}: {ended.stderr}"
    return ended.stdout.strip()


@dataclass(frozen=True)
class Checkout:
    """One clone."""

    folder: Path

    def git(self, *arguments: str) -> str:
        return git(self.folder, *arguments)

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())

    def save(self, message: str = "Edit") -> str:
        """Commit everything. Returns the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.sha()

    def push(self) -> None:
        self.git("push", "--quiet", "origin", "HEAD:refs/heads/main")

    def pull(self) -> str:
        """Take what the remote has. Returns the commit."""
        self.git("pull", "--quiet", "--ff-only", "origin", "main")
        return self.sha()

    def sha(self, revision: str = "HEAD") -> str:
        return self.git("rev-parse", revision)

    def text(self, path: str, *, at: str = "HEAD") -> str:
        return self.git("show", f"{at}:{path}")

    def changed(self, revision: str) -> list[str]:
        """The files that a commit changes, with git's letter for how."""
        shown = self.git("show", "--format=", "--name-status", "--no-renames", revision)
        return [line.replace("\t", " ") for line in shown.splitlines()]

    def state(self) -> tuple[str, str, str, str]:
        """All that a command could change here: where it stands, its branches, its edits."""
        return (
            self.git("symbolic-ref", "HEAD"),
            self.git("for-each-ref", "refs/heads"),
            self.git("status", "--porcelain"),
            self.git("worktree", "list"),
        )

    def merge(self, branch: str, *, at_remote: bool) -> str:
        """Merge a pull request's branch into main, as GitHub does. Returns the merge."""
        if at_remote:
            self.git("fetch", "--quiet", "origin", f"refs/heads/{branch}")
        source = "FETCH_HEAD" if at_remote else branch
        self.git("merge", "--quiet", "--no-ff", "--message", f"Merge {branch}", source)
        self.push()
        return self.sha()


@dataclass(frozen=True)
class Remote:
    """A bare repository with a branch main."""

    folder: Path

    @classmethod
    def of(cls, folder: Path, files: Mapping[str, str]) -> "Remote":
        remote = cls(folder)
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main")
        first = remote.clone(folder.with_name(f"{folder.name}-first"))
        first.write(files)
        first.save("Begin")
        first.push()
        return remote

    def clone(self, folder: Path) -> Checkout:
        git(self.folder, "clone", "--quiet", str(self.folder), str(folder))
        checkout = Checkout(folder)
        checkout.git("symbolic-ref", "HEAD", "refs/heads/main")
        return checkout

    def branches(self) -> list[str]:
        listed = git(self.folder, "for-each-ref", "--format=%(refname:short)", "refs/heads")
        return listed.splitlines()

    def hook(self, name: str, script: str) -> None:
        write_hook(self.folder / "hooks" / name, script)


def write_hook(file: Path, script: str) -> None:
    """A script that git runs; its first line names the shell alone, whatever lies in the path."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
