"""git, as a program: each command a list of arguments, never a line of a shell."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from review.could_not_run import CouldNotRun

SECONDS = 120  # for one command, a fetch of a large repository among them

# Set by git for its hooks; they would point every command below at another repository.
PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


class GitFailed(CouldNotRun):
    """git is not there, or a command ended badly; the message has its words."""


@dataclass(frozen=True)
class Git:
    """folder: in the repository that the commands are about."""

    folder: Path

    def run(self, *arguments: str, given: bytes | None = None, index: Path | None = None) -> bytes:
        """What the command prints. given: its input. index: instead of the checkout's.

        Raises: GitFailed.
        """
        ended = self._ended(*arguments, given=given, index=index)
        if ended.returncode:
            words = ended.stderr.decode(errors="replace").strip()
            raise GitFailed(f"git {arguments[0]} failed in {self.folder}: {words}")
        return ended.stdout

    def text(self, *arguments: str, given: bytes | None = None, index: Path | None = None) -> str:
        """The same as text, without white space around it. Raises: GitFailed."""
        return self.run(*arguments, given=given, index=index).decode(errors="replace").strip()

    def succeeds(self, *arguments: str) -> bool:
        """Whether the command ends well. Raises: GitFailed, where git cannot be run."""
        return self._ended(*arguments).returncode == 0

    def _ended(
        self, *arguments: str, given: bytes | None = None, index: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        variables = {name: value for name, value in os.environ.items() if name not in PLACES}
        variables |= {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
        if index:
            variables["GIT_INDEX_FILE"] = str(index)
        try:
            return subprocess.run(
                ["git", "-C", str(self.folder), *arguments],
                input=b"" if given is None else given,
                env=variables,
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise GitFailed("git is not on the PATH. Install it.") from None
        except subprocess.TimeoutExpired:
            raise GitFailed(f"git {arguments[0]} took more than {SECONDS} seconds.") from None
