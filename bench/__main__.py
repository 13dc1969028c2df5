"""`make bench`: synthesis against plain loading, and scaffolding against a bare run."""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench.output import digests, size
from bench.process import peak_memory, seconds
from bench.rendering import rendering
from bench.scaffolding import scaffolding
from bench.service import service

PAIRS = 5
STACKS = (3, 30, 100)
RUNS = 3

MAIN = (sys.executable, "main.py")
WANTED_RATIO = 12
WANTED_MIB = 250


def environment(way: str, folder: Path) -> dict[str, str]:
    """The variables of a run. way: `on-demand` or `eager`."""
    return {**os.environ, "TRIBE_BINDINGS": way, "CDKTF_OUTDIR": str(folder)}


def say(text: str) -> None:
    """Progress goes to standard error, so that the tables can be kept."""
    print(text, file=sys.stderr, flush=True)


def mib(memory: float | None) -> str:
    return "not measured" if memory is None else f"{memory:.0f} MiB"


def compare(folder: Path) -> bool:
    """The first table; False where the two ways wrote different bytes."""
    ways = {"on-demand": folder / "on-demand", "eager": folder / "eager"}
    times: dict[str, list[float]] = {way: [] for way in ways}
    for pair in range(PAIRS):
        for way, output in ways.items():
            times[way].append(seconds(MAIN, environment=environment(way, output)))
        say(
            f"pair {pair + 1} of {PAIRS}: "
            + ", ".join(f"{way} {times[way][-1]:.2f} s" for way in ways)
        )
    say("memory ...")
    memory = {way: peak_memory(MAIN, environment=environment(way, ways[way])) for way in ways}
    equal = digests(ways["on-demand"]) == digests(ways["eager"])

    stacks, resources = size(ways["eager"])
    medians = {way: statistics.median(times[way]) for way in ways}
    print(
        f"\nAll environments: {stacks} stacks, {resources} resources; {PAIRS} alternating pairs\n"
    )
    print(f"{'bindings':<12}{'median':>9}{'fastest':>10}{'slowest':>10}{'peak memory':>15}")
    for way in ways:
        print(
            f"{way:<12}{medians[way]:>7.2f} s{min(times[way]):>8.2f} s{max(times[way]):>8.2f} s"
            f"{mib(memory[way]):>15}"
        )
    ratio = medians["eager"] / medians["on-demand"]
    print(f"\nOn demand is {ratio:.1f} times faster (wanted: {WANTED_RATIO}),", end=" ")
    print(f"in {mib(memory['on-demand'])} (wanted: under {WANTED_MIB} MiB);", end=" ")
    print("the bytes are equal." if equal else "THE BYTES DIFFER.")
    return equal


def grow(folder: Path) -> None:
    """The second table."""
    print(f"\nAs stacks grow; median of {RUNS}\n")
    print(f"{'stacks':>8}{'resources':>11}{'median':>9}{'each resource':>16}{'peak memory':>15}")
    for number in STACKS:
        say(f"{number} stacks ...")
        command = (sys.executable, "-m", "bench.growth", str(number))
        variables = environment("on-demand", folder / str(number))
        median = statistics.median(seconds(command, environment=variables) for _ in range(RUNS))
        memory = peak_memory(command, environment=variables)
        stacks, resources = size(folder / str(number))
        each = 1000 * median / resources
        print(f"{stacks:>8}{resources:>11}{median:>7.2f} s{each:>13.1f} ms{mib(memory):>15}")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        right = compare(Path(folder))
        grow(Path(folder))
        for part in (scaffolding, service, rendering):
            own = Path(folder, part.__name__)
            own.mkdir()
            right &= part(own)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
