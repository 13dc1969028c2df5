"""Scaffolding one service against a bare Cookiecutter run, in repositories of growing size."""

import os
import shutil
import statistics
import sys
from pathlib import Path

from bench.figure import Figure
from bench.process import seconds
from bench.scaffolding import empty_template
from delivery.scaffold import TEMPLATE as REPOSITORY
from delivery.scaffold import bake
from delivery.service import TEMPLATE, add_service

PAIRS = 7
SIZES = (0, 100, 1000)
WANTED_RATIO = 1.5


def service(folder: Path) -> list[Figure]:
    empty = empty_template(folder)
    elsewhere = folder / "services"
    elsewhere.mkdir()
    gitops = bake(REPOSITORY, {}, into=elsewhere)
    first = add_service(gitops, {"name": "first", "team": "us", "exposure": "path"})
    figures = []
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
        ratio = statistics.median(mine / theirs for mine, theirs in pairs)
        name = f"scaffolding a service beside {size} others"
        figures += [
            Figure(name=name, value=statistics.median(ours), unit="s"),
            Figure(
                name="  over a bare run of an empty template",
                value=ratio,
                unit="times",
                wanted=WANTED_RATIO if size == 0 else None,
            ),
        ]
    return figures


def _run(template: Path, output: Path, home: Path, *answers: str) -> float:
    command = (sys.executable, "-m", "cookiecutter", str(template), "--no-input", *answers)
    environment = {**os.environ, "HOME": str(home)}
    return seconds((*command, "--output-dir", str(output)), environment=environment)
