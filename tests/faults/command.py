"""A command of this project, run as people run it, but with what it reads and writes elsewhere."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from delivery.stack_folder import ROOT

SECONDS = 120


def start(
    module: str, *arguments: object, instead: Mapping[str, object], temporary: Path, home: Path
) -> subprocess.Popen[str]:
    """Start the click command `main` of a module.

    instead: what its module names stand for there, as Path or None. temporary: for its temporary
    files.
    """
    given = [f"it.{name} = {_source(value)}" for name, value in instead.items()]
    program = "\n".join(
        ("import sys", "from pathlib import Path", f"import {module} as it", *given, "it.main()")
    )
    return subprocess.Popen(
        [sys.executable, "-B", "-c", program, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code, and what it told about its end."""
    _, told = process.communicate(timeout=SECONDS)
    return process.returncode, told


def _source(value: object) -> str:
    return "lambda: None" if value is None else f"Path({str(value)!r})"
