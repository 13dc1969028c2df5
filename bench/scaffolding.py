"""Scaffolding the GitOps repository against a bare Cookiecutter run of an empty template."""

import json
import os
import statistics
import sys
from pathlib import Path

from bench.process import seconds
from delivery.scaffold import TEMPLATE

PAIRS = 7
WANTED_RATIO = 2


def empty_template(folder: Path) -> Path:
    """A template of one file and one answer."""
    template = folder / "empty"
    project = template / "{{cookiecutter.name}}"
    project.mkdir(parents=True)
    (project / "README.md").write_text("# {{ cookiecutter.name }}\n")
    (template / "cookiecutter.json").write_text(json.dumps({"name": "empty"}))
    return template


def scaffolding(folder: Path) -> bool:
    """The table; False where scaffolding takes more than its share."""
    templates = {"empty template": empty_template(folder), "GitOps repository": TEMPLATE}
    times: dict[str, list[float]] = {name: [] for name in templates}
    for pair in range(PAIRS):
        for name, template in templates.items():
            command = (sys.executable, "-m", "cookiecutter", str(template), "--no-input")
            output = ("--output-dir", str(folder / f"{pair}-{template.name}"))
            home = {**os.environ, "HOME": str(folder)}
            times[name].append(seconds((*command, *output), environment=home))
    bare, ours = times.values()
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    print(f"\nScaffolding, whole process; {PAIRS} alternating pairs\n")
    print(f"{'template':<20}{'median':>9}{'fastest':>10}")
    for name, taken in times.items():
        print(f"{name:<20}{statistics.median(taken):>7.2f} s{min(taken):>8.2f} s")
    print(f"\n{ratio:.2f} times as long; at most {WANTED_RATIO} wanted")
    return ratio <= WANTED_RATIO
