"""`make bench`: every figure that the project promises, beside what was promised.

Ratios are of pairs that ran in turn in this one run; seconds are this machine's.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from bench.figure import Figure, table
from bench.peers import peers
from bench.progress import say
from bench.rendering import rendering
from bench.reviewing import reviewing
from bench.scaffolding import scaffolding
from bench.service import service
from bench.stack_count import stack_count
from bench.synthesis import synthesis

PARTS: dict[str, Callable[[Path], list[Figure]]] = {
    "synthesis": synthesis,
    "stacks": stack_count,
    "review": reviewing,
    "scaffold": scaffolding,
    "service": service,
    "render": rendering,
}


@click.command()
@click.argument("parts", nargs=-1, type=click.Choice([*PARTS, "peers"]))
def main(parts: tuple[str, ...]) -> None:
    """Measure PARTS, or all but the peers."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in parts or PARTS:
            say(f"» {name}")
            own = Path(folder, name)
            own.mkdir()
            figures += {**PARTS, "peers": peers}[name](own)
    print(table(figures))
    sys.exit(0 if all(each.met for each in figures) else 1)


if __name__ == "__main__":
    main()
