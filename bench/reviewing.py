"""`tribe review` of a change in every environment, against two syntheses one after the other."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

from bench.figure import Figure
from bench.process import seconds
from bench.progress import say
from tools.terrain import ROOT

PAIRS = 5
REVIEW = (sys.executable, "-m", "tribe", "review", "--base", "HEAD")
SYNTHESIS = (sys.executable, "main.py")
# A change that reaches every resource, and that nobody need fear: one more tag.
CHANGED, BEFORE = "stacks/naming.py", '"tribe:managed-by": "cdktf",'
AFTER = f'{BEFORE} "tribe:measured": "yes",'


def reviewing(folder: Path) -> list[Figure]:
    clone = folder / "clone"
    subprocess.run(("git", "clone", "--quiet", str(ROOT), str(clone)), check=True)
    changed = clone / CHANGED
    changed.write_text(changed.read_text().replace(BEFORE, AFTER))
    environment = {**os.environ, "CDKTF_OUTDIR": str(folder / "synthesized")}
    ours, plain = [], []
    for pair in range(PAIRS):
        ours.append(seconds(REVIEW, environment=environment, cwd=clone))
        two = [seconds(SYNTHESIS, environment=environment, cwd=clone) for _ in range(2)]
        plain.append(sum(two))
        say(f"pair {pair + 1} of {PAIRS}: review {ours[-1]:.2f} s, syntheses {plain[-1]:.2f} s")
    ratio = statistics.median(mine / two for mine, two in zip(ours, plain, strict=True))
    return [
        Figure(name="review of a change in all stacks", value=statistics.median(ours), unit="s"),
        Figure(name="  over two syntheses one after the other", value=ratio, unit="times"),
    ]
