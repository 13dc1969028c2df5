"""Scaffolding the GitOps repository against a bare Cookiecutter run of an empty template."""

import json
import os
import statistics
import sys
from pathlib import Path

from bench.figure import Figure
from bench.process import seconds
from delivery.scaffold import TEMPLATE

PAIRS = 7


def empty_template(folder: Path) -> Path:
    """A template of one file and one answer."""
    template = folder / "empty"
    project = template / "{{cookiecutter.name}}"
    project.mkdir(parents=True)
    (project / "README.md").write_text("# {{ cookiecutter.name }}\n")
    (template / "cookiecutter.json").write_text(json.dumps({"name": "empty"}))
    return template


def scaffolding(folder: Path) -> list[Figure]:
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
    return [
        Figure(name="scaffolding the repository", value=statistics.median(ours), unit="s"),
        Figure(name="  over a bare run of an empty template", value=ratio, unit="times", wanted=2),
    ]
