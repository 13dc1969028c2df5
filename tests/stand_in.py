"""Programs that stand in for others: written in Python, found by their name on PATH."""

import sys
from pathlib import Path
from shlex import quote


def write_stand_in(program: Path, source: str) -> None:
    """Make `program` run this Python source.

    Its first line is the shell's: that of a script names no interpreter whose path has a space, and
    the folder of this project may have one.
    """
    code = program.with_name(f"{program.name}.py")
    code.write_text(source)
    program.write_text(f'#!/bin/sh\nexec {quote(sys.executable)} {quote(str(code))} "$@"\n')
    program.chmod(0o755)
