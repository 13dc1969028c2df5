"""All environments, synthesized with bindings on demand against plain loading."""

import os
import statistics
import sys
from pathlib import Path

from bench.figure import Figure
from bench.output import digests, size
from bench.process import peak_memory, seconds
from bench.progress import say

PAIRS = 5
MAIN = (sys.executable, "main.py")


def environment(way: str, folder: Path) -> dict[str, str]:
    """The variables of a run. way: `on-demand` or `eager`."""
    return {**os.environ, "TRIBE_BINDINGS": way, "CDKTF_OUTDIR": str(folder)}


def synthesis(folder: Path) -> list[Figure]:
    """Raises: ValueError, where the two ways wrote different bytes: no ratio then has a sense."""
    ways = {"on-demand": folder / "on-demand", "eager": folder / "eager"}
    times: dict[str, list[float]] = {way: [] for way in ways}
    for pair in range(PAIRS):
        for way, output in ways.items():
            times[way].append(seconds(MAIN, environment=environment(way, output)))
        told = ", ".join(f"{way} {times[way][-1]:.2f} s" for way in ways)
        say(f"pair {pair + 1} of {PAIRS}: {told}")
    if digests(ways["on-demand"]) != digests(ways["eager"]):
        raise ValueError("bindings on demand write other bytes than those loaded in the plain way")
    stacks, resources = size(ways["eager"])
    medians = {way: statistics.median(times[way]) for way in ways}
    memory = peak_memory(MAIN, environment=environment("on-demand", ways["on-demand"]))
    name = f"synthesis, {stacks} stacks, {resources} resources"
    return [
        Figure(name=name, value=medians["on-demand"], unit="s"),
        Figure(name="  loaded in the plain way, the same bytes", value=medians["eager"], unit="s"),
        Figure(
            name="  times faster, median of the pairs",
            value=medians["eager"] / medians["on-demand"],
            unit="times",
            wanted=12,
            at_least=True,
        ),
        Figure(name="  peak memory of all its processes", value=memory, unit="MiB", wanted=250),
    ]
