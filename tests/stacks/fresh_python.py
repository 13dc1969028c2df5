"""Python in a process of its own: bindings load once in a process, and stay as they loaded."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(script: str, **variables: object) -> str:
    """Run Python in the project, as the leader of its own process group; its standard output."""
    process = subprocess.run(
        (sys.executable, "-c", script),
        cwd=ROOT,
        env={**os.environ, **{name: str(value) for name, value in variables.items()}},
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=300,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout
