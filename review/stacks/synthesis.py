"""Every stack of two revisions: main.py of each, both at the same time."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from review.could_not_run import CouldNotRun
from review.stacks.revisions import LOCKS, MAIN, Revision
from review.stacks.stack import Stack, read

SECONDS = 300
"""How long a synthesis may take: seconds, but a first one writes jsii's index of types."""

SET_UP_SECONDS = 1800
"""How long a revision may take that needs an environment of its own."""

LAST_LINES = 20
"""Of its errors, where a revision does not synthesize."""

# What would lead one revision to another's modules, or into the make that runs this.
FOREIGN = ("PYTHONPATH", "PYTHONSAFEPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "VIRTUAL_ENV")

Stacks = dict[str, Stack]
Say = Callable[[str], None]


class SynthesisFailedError(CouldNotRun):
    """A revision does not synthesize; the message says which, and the end of its errors."""


def synthesize(before: Revision, after: Revision, *, say: Say) -> tuple[Stacks, Stacks]:
    """The stacks of both. say: tells people what is done.

    Raises: SynthesisFailedError, of both where both fail.
    """
    for revision in (before, after):
        say(_told(revision))
    with ThreadPoolExecutor(max_workers=2) as both:
        running = [both.submit(_synthesize, revision) for revision in (before, after)]
    failed = [str(each.exception()) for each in running if each.exception()]
    if failed:
        unexpected = [
            error
            for each in running
            if (error := each.exception()) and not isinstance(error, SynthesisFailedError)
        ]
        if unexpected:
            raise unexpected[0]
        raise SynthesisFailedError("\n".join(failed))
    return running[0].result(), running[1].result()


def _told(revision: Revision) -> str:
    if revision.own:
        locks = " or ".join(LOCKS)
        return (
            f"» {revision.name}: its {locks} is another, so it gets an environment of its own, by "
            "its own `make synth` (a minute or more)"
        )
    return f"» {revision.name}: synthesizing"


def _synthesize(revision: Revision) -> Stacks:
    with tempfile.TemporaryDirectory(prefix="tribe-synthesis-") as output:
        command = ["make", "synth"] if revision.own else [sys.executable, MAIN]
        limit = SET_UP_SECONDS if revision.own else SECONDS
        _run(command, revision=revision, output=Path(output), seconds=limit)
        return read(Path(output))


def _run(command: Sequence[str], *, revision: Revision, output: Path, seconds: int) -> None:
    try:
        ended = subprocess.run(
            command,
            cwd=revision.folder,
            env=_environment(os.environ, output),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SynthesisFailedError(
            f"{revision.name} does not synthesize: it was not done after {seconds} s."
        ) from None
    except FileNotFoundError:
        raise SynthesisFailedError(
            f"{revision.name} cannot be synthesized: there is no {command[0]} here."
        ) from None
    if ended.returncode or not (output / "manifest.json").is_file():
        said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()[-LAST_LINES:]
        lines = "".join(f"\n  {line}" for line in said)
        raise SynthesisFailedError(
            f"{revision.name} does not synthesize (exit code {ended.returncode}):{lines}"
        )


def _environment(own: Mapping[str, str], output: Path) -> dict[str, str]:
    kept = {name: value for name, value in own.items() if name not in FOREIGN}
    return {**kept, "CDKTF_OUTDIR": str(output)}
