"""A disk of a few megabytes that can be filled, for a test."""

import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOMY = "64m"
NO_ROOM = "No room is left on the disk of "


@dataclass(frozen=True)
class SmallDisk:
    """A tmpfs, mounted at `folder`."""

    folder: Path

    def leave(self, kibibytes: int) -> None:
        """Make so much room on it, and no more."""
        disk = os.statvfs(self.folder)
        used = (disk.f_blocks - disk.f_bfree) * disk.f_frsize // 1024
        self._mount("-o", f"remount,size={max(used + kibibytes, 4)}k")  # 0 is no limit

    def make_room(self) -> None:
        self._mount("-o", f"remount,size={ROOMY}")

    def _mount(self, *options: str) -> None:
        subprocess.run(["mount", *options, str(self.folder)], check=True)


@contextmanager
def small_disk(folder: Path) -> Generator[SmallDisk]:
    """A disk for a `with` block, with room at first. Without the right to mount: skips the test."""
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOMY}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"NO DISK WAS FILLED: only root may mount one ({made.stderr.strip()}).")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def refused(told: tuple[int, str]) -> str:
    """The one line that a command told of the disk; it must have failed with it.

    told: its exit code, and what it told about its end.
    """
    code, said = told
    assert code == 1, said
    assert "Traceback" not in said
    (line,) = [line for line in said.splitlines() if line.startswith(NO_ROOM)]
    assert line.endswith("Make some, and run it again.")
    return line
