"""What a resource costs as stacks grow."""

import statistics
import sys
from pathlib import Path

from bench.figure import Figure
from bench.output import size
from bench.process import seconds
from bench.progress import say
from bench.synthesis import environment

STACKS = (3, 30, 100)
RUNS = 3


def stack_count(folder: Path) -> list[Figure]:
    figures = []
    for number in STACKS:
        say(f"{number} stacks")
        command = (sys.executable, "-m", "bench.growth", str(number))
        variables = environment("on-demand", folder / str(number))
        median = statistics.median(seconds(command, environment=variables) for _ in range(RUNS))
        stacks, resources = size(folder / str(number))
        name = f"{stacks} stacks of the same, {resources} resources"
        figures += [
            Figure(name=name, value=median, unit="s"),
            Figure(name="  each resource", value=1000 * median / resources, unit="ms"),
        ]
    return figures
