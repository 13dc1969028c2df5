"""Rendering and checking the GitOps repository, every environment, as services grow."""

import os
import re
import shutil
import statistics
import sys
from pathlib import Path

from bench.figure import Figure
from bench.process import peak_memory, seconds
from bench.progress import say
from delivery.scaffold import TEMPLATE as REPOSITORY
from delivery.scaffold import bake
from delivery.service import add_service

RUNS = 3
QUIETLY = ("sh", "-c", '"$@"; test $? -le 1', "sh")
# Services, the most seconds that are wanted, and the most memory in MiB.
SIZES = ((100, 4, 250), (1000, 25, 250))
# An image that staging and prod admit, too.
DIGEST = f"sha256:{'0' * 64}"


def rendering(folder: Path) -> list[Figure]:
    gitops = bake(REPOSITORY, {}, into=folder)
    answers = {"team": "us", "exposure": "path", "environments": "dev,staging,prod"}
    first = add_service(gitops, {"name": "service-0", "image_digest": DIGEST, **answers})
    figures: list[Figure] = []
    there = 1
    for size, most_seconds, most_memory in SIZES:
        for number in range(there, size):
            _copy(first, number)
        there = size
        say(f"{size} services")
        # It ends with 1: so many services are over the quota, and prod's facts are not known yet.
        command = (*QUIETLY, sys.executable, "-m", "tribe", "check", str(gitops))
        variables = dict(os.environ)
        median = statistics.median(seconds(command, environment=variables) for _ in range(RUNS))
        memory = peak_memory(command, environment=variables)
        name = f"render and check, {size} services in each of 3 environments"
        figures += [
            Figure(name=name, value=median, unit="s", wanted=most_seconds),
            Figure(name="  peak memory", value=memory, unit="MiB", wanted=most_memory),
        ]
    return figures


def _copy(first: Path, number: int) -> None:
    """Another service like the first, at a path of its own."""
    other = shutil.copytree(first, first.with_name(f"service-{number}"))
    values = other / "values.yaml"
    values.write_text(re.sub(r"/service-0\b", f"/service-{number}", values.read_text()))
