"""One run of a command: how long it takes, and how much memory its whole process tree holds."""

import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.01
"""Seconds between two looks at the memory."""

MIB = 1024 * 1024


def seconds(
    command: Sequence[str], *, environment: Mapping[str, str], cwd: Path | None = None
) -> float:
    """Seconds from start to end; raises CalledProcessError where the command fails."""
    start = time.perf_counter()
    ended = subprocess.run(
        command, env=environment, cwd=cwd, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    if ended.returncode:
        print(ended.stderr, file=sys.stderr)
        ended.check_returncode()
    return taken


def peak_memory(command: Sequence[str], *, environment: Mapping[str, str]) -> float | None:
    """The most MiB resident at once, added up over the command and all below it.

    A run of its own, because looking takes time. None where the system has no /proc.
    """
    if not PROC.is_dir():
        return None
    peak = 0
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere) as process:
        while process.poll() is None:
            peak = max(peak, sum(_resident(each) for each in _tree(process.pid)))
            time.sleep(EVERY)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak / MIB


def _tree(root: int) -> list[int]:
    """`root` and all processes below it."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in PROC.iterdir():
        if folder.name.isdecimal() and (stat := _read(folder / "stat")):
            # The command's name stands in parentheses and may hold anything; then state, parent.
            parent = int(stat.rpartition(")")[2].split()[1])
            children[parent].append(int(folder.name))
    found = [root]
    for process in found:
        found.extend(children[process])
    return found


def _resident(process: int) -> int:
    """Bytes of `process` in memory; 0 where it has ended."""
    statm = _read(PROC / str(process) / "statm")
    return int(statm.split()[1]) * os.sysconf("SC_PAGE_SIZE") if statm else 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
