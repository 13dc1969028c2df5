"""Rendering and checking the GitOps repository, every environment, as services grow."""

import os
import re
import shutil
import statistics
import sys
from pathlib import Path

from bench.process import peak_memory, seconds
from delivery.scaffold import TEMPLATE as REPOSITORY
from delivery.scaffold import bake
from delivery.service import add_service

RUNS = 3
# Services, the most seconds that are wanted, and the most memory in MiB.
SIZES = ((100, 4, 250), (1000, 25, 250))
# An image that staging and prod admit, too.
DIGEST = f"sha256:{'0' * 64}"


def rendering(folder: Path) -> bool:
    """The table; False where it takes longer or more memory than wanted."""
    gitops = bake(REPOSITORY, {}, into=folder)
    answers = {"team": "us", "exposure": "path", "environments": "dev,staging,prod"}
    first = add_service(gitops, {"name": "service-0", "image_digest": DIGEST, **answers})
    print(f"\nRendering and checking, all environments, whole process; median of {RUNS}\n")
    print(f"{'services':>8}{'median':>10}{'wanted':>10}{'peak memory':>15}{'wanted':>10}")
    right, there = True, 1
    for size, most_seconds, most_memory in SIZES:
        for number in range(there, size):
            _copy(first, number)
        there = size
        command = (sys.executable, "-m", "tribe", "check", str(gitops))
        variables = dict(os.environ)
        median = statistics.median(seconds(command, environment=variables) for _ in range(RUNS))
        memory = peak_memory(command, environment=variables)
        told = "not measured" if memory is None else f"{memory:.0f} MiB"
        print(f"{size:>8}{median:>8.2f} s{most_seconds:>8} s{told:>15}{most_memory:>6} MiB")
        right &= median <= most_seconds and (memory is None or memory <= most_memory)
    return right


def _copy(first: Path, number: int) -> None:
    """Another service like the first, at a path of its own."""
    other = shutil.copytree(first, first.with_name(f"service-{number}"))
    values = other / "values.yaml"
    values.write_text(re.sub(r"/service-0\b", f"/service-{number}", values.read_text()))
