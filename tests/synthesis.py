"""Runs an app as people run it, in a process of its own, and reads what it wrote."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent

# A first run writes jsii's index of types, which takes seconds; one that hangs takes for ever.
SECONDS = 180

Stack = dict[str, Any]


def run(*arguments: str, into: Path) -> subprocess.CompletedProcess[str]:
    """Run `python <arguments>` with `into` as the output folder. How it ended is the caller's."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "CDKTF_OUTDIR": str(into), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def once(*arguments: str, into: Path) -> Path:
    """Run an app that must succeed, unless another worker has: one holds the lock, others wait."""
    finished = into.with_suffix(".finished")
    with into.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not finished.exists():
            ended = run(*arguments, into=into)
            assert ended.returncode == 0, (
                f"{arguments} ended with {ended.returncode}:\n{ended.stderr}"
            )
            finished.touch()
    return into


def read(folder: Path) -> dict[str, Stack]:
    """The stacks that an app wrote into `folder`: name → its cdk.tf.json, parsed."""
    manifest = json.loads((folder / "manifest.json").read_text())["stacks"]
    return {
        name: json.loads((folder / stack["synthesizedStackPath"]).read_text())
        for name, stack in manifest.items()
    }
