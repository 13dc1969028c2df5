"""Git's own three-way merge, of folders, in a repository that lasts as long as it is needed."""

import os
import subprocess
from pathlib import Path

SECONDS = 60  # for one git command

# Whoever merges here is nobody: no name, key or hook of a person's own.
NOBODY = {
    "GIT_AUTHOR_NAME": "template", "GIT_AUTHOR_EMAIL": "template@localhost",
    "GIT_COMMITTER_NAME": "template", "GIT_COMMITTER_EMAIL": "template@localhost",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
}  # fmt: skip


class GitFailed(Exception):
    """A git command ended badly; the message has its words."""


class Merge:
    """Of three folders: what was made before, what is made after, what people made of the first.

    difference: what `after` adds to `ours`, as a patch. conflicts: files in which both sides
    changed the same lines; they hold both, between git's marks. kept: files that one side removed
    and the other changed; they are as in `ours`.
    """

    def __init__(self, place: Path, *, before: Path, after: Path, ours: Path) -> None:
        self._place = place
        place.mkdir()
        self._git("init", "--quiet", "--initial-branch=before")
        self._git("config", "core.autocrlf", "false")
        # Facts are Terraform's: where both sides wrote them, the repository's stand.
        self._git("config", "merge.ours.driver", "true")
        attributes = place / ".git" / "info" / "attributes"
        attributes.write_text("environments/*/facts.yaml merge=ours\n")
        self._commit(before)
        self._git("checkout", "--quiet", "-b", "template")
        self._commit(after)
        self._git("checkout", "--quiet", "-b", "repository", "before")
        self._commit(ours)
        merged = _run(place, "merge", "--quiet", "--no-commit", "--no-ff", "template")
        if merged.returncode not in (0, 1):
            raise GitFailed(merged.stderr.decode())
        removed, changed = self._in_state("DU"), self._in_state("UD")  # by us, and by us
        for file in removed:
            self._git("rm", "--quiet", "--", file)
        for file in changed:
            self._git("add", "--", file)
        self.kept = removed + changed
        self.conflicts = self._in_state("UU", "AA")
        self._git("add", "--all", "--force")
        self.difference = self._git("diff", "--cached", "--binary", "--no-renames", "HEAD")

    def _commit(self, folder: Path) -> None:
        """Make the branch's files those of `folder`, and no others."""
        self._git("rm", "-r", "--quiet", "--ignore-unmatch", ".")
        self._git(f"--work-tree={folder}", "add", "--all", "--force")
        self._git("commit", "--quiet", "--allow-empty", "--no-verify", "--message", folder.name)
        self._git("reset", "--hard", "--quiet")

    def _in_state(self, *states: str) -> list[str]:
        listed = self._git("status", "--porcelain", "-z").decode().split("\0")
        return [entry[3:] for entry in listed if entry[:2] in states]

    def _git(self, *arguments: str) -> bytes:
        return git(self._place, *arguments)


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """Run git in `folder`, with `given` on its input. Returns its output. Raises: GitFailed."""
    ended = _run(folder, *arguments, given=given)
    if ended.returncode:
        raise GitFailed(f"git {' '.join(arguments)} failed in {folder}:\n{ended.stderr.decode()}")
    return ended.stdout


def _run(
    folder: Path, *arguments: str, given: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments],
        input=given,
        env={**os.environ, **NOBODY},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )


def knows(repository: Path, revision: str) -> bool:
    """Whether the repository holds what `revision` names."""
    return _run(repository, "cat-file", "-e", revision).returncode == 0
