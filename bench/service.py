"""Scaffolding one service against a bare Cookiecutter run, in repositories of growing size."""

import os
import shutil
import statistics
import sys
from pathlib import Path

from bench.process import seconds
from bench.scaffolding import empty_template
from delivery.scaffold import TEMPLATE as REPOSITORY
from delivery.scaffold import bake
from delivery.service import TEMPLATE, add_service

PAIRS = 7
SIZES = (0, 100, 1000)
WANTED_RATIO = 1.5


def service(folder: Path) -> bool:
    """The table; False where scaffolding takes more than its share of a bare run."""
    empty = empty_template(folder)
    elsewhere = folder / "services"
    elsewhere.mkdir()
    gitops = bake(REPOSITORY, {}, into=elsewhere)
    first = add_service(gitops, {"name": "first", "team": "us", "exposure": "path"})
    print(f"\nScaffolding a service, whole process; {PAIRS} alternating pairs\n")
    print(f"{'services there':<16}{'bare':>8}{'service':>10}{'ratio':>8}")
    ratios = []
    there = 0
    for size in SIZES:
        for number in range(there, size):
            other = shutil.copytree(first, first.with_name(f"other-{number}"))
            values = other / "values.yaml"
            values.write_text(values.read_text().replace('"/first"', f'"/other-{number}"'))
        there = size
        bare, ours = [], []
        for pair in range(PAIRS):
            answers = (f"name=s{size}-{pair}", "team=us", "exposure=path")
            bare.append(_run(empty, folder / f"bare-{size}-{pair}", folder))
            ours.append(_run(TEMPLATE, gitops, folder, *answers))
        pairs = zip(ours, bare, strict=True)
        ratios.append(statistics.median(mine / theirs for mine, theirs in pairs))
        medians = f"{statistics.median(bare):>6.2f} s{statistics.median(ours):>8.2f} s"
        print(f"{size:<16}{medians}{ratios[-1]:>8.2f}")
    print(f"\nat most {WANTED_RATIO} wanted in a repository with no other service")
    return ratios[0] <= WANTED_RATIO


def _run(template: Path, output: Path, home: Path, *answers: str) -> float:
    command = (sys.executable, "-m", "cookiecutter", str(template), "--no-input", *answers)
    environment = {**os.environ, "HOME": str(home)}
    return seconds((*command, "--output-dir", str(output)), environment=environment)
