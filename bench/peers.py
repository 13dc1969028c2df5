"""The same stacks with other ways of writing them from Python.

CDK Terrain runs `bench/growth.py` itself, with the imports of its own name; AWS CDK runs the same
resources in its words (`bench/aws_cdk`). Each has an environment of its own, which
`make bench PEERS=1` sets up.
"""

import os
import shutil
import statistics
import sys
from pathlib import Path

from bench.figure import Figure
from bench.process import seconds
from bench.progress import say
from tools.terrain import ROOT, TERRAIN, renamed

STACKS = 30
RUNS = 3
AWS_CDK = ROOT / "bench" / "aws_cdk" / ".venv" / "bin" / "python"


def peers(folder: Path) -> list[Figure]:
    copy = folder / "copy"
    for name in ("stacks", "bench"):
        ignored = shutil.ignore_patterns(".venv", "__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    renamed(copy)
    plain = {"TRIBE_BINDINGS": "eager"}
    growth = ("-m", "bench.growth", str(STACKS))
    # Each way: its command, what is beside the environment's variables, and where it runs.
    ways: dict[str, tuple[tuple[str, ...], dict[str, str], Path]] = {
        "CDKTF, bindings on demand": ((sys.executable, *growth), {}, ROOT),
        "CDKTF, loaded in the plain way": ((sys.executable, *growth), plain, ROOT),
        "CDK Terrain": ((str(TERRAIN), *growth), plain, copy),
        "AWS CDK": ((str(AWS_CDK), "-m", "bench.aws_cdk", str(STACKS)), {}, ROOT),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(RUNS):
        for name, (command, variables, place) in ways.items():
            output = str(folder / f"{run}-{len(name)}")
            written = {**os.environ, **variables, "CDKTF_OUTDIR": output, "CDK_OUTDIR": output}
            times[name].append(seconds(command, environment=written, cwd=place))
        say(f"peers, round {run + 1} of {RUNS}")
    ours, *others = times
    figures = [Figure(name=f"{STACKS} stacks: {ours}", value=_median(times[ours]), unit="s")]
    for name in others:
        ratio = statistics.median(
            theirs / mine for theirs, mine in zip(times[name], times[ours], strict=True)
        )
        figures.append(Figure(name=f"  {name}", value=_median(times[name]), unit="s"))
        figures.append(Figure(name="    over ours", value=ratio, unit="times"))
    return figures


def _median(times: list[float]) -> float:
    return statistics.median(times)
