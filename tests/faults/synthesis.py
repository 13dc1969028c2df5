"""main.py, run with the output folder and the disk of a test."""

import os
import subprocess
import sys
from pathlib import Path

from delivery.stack_folder import ROOT


def start_synthesis(output: Path, *, temporary: Path) -> subprocess.Popen[str]:
    """temporary: for its temporary files."""
    return subprocess.Popen(
        [sys.executable, "-B", "main.py"],
        cwd=ROOT,
        env={**os.environ, "CDKTF_OUTDIR": str(output), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
