"""`python -m tools.branches REPORT`: the share of branches that tests take, part by part.

REPORT: what `coverage json` writes. Ends with 1 where a part is under the share that is promised.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LEAST = 95  # percent
PARTS = ("stacks", "review", "gitops-template")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """How many branches there are, and how many of them some test takes."""

    branches: int
    taken: int

    @property
    def percent(self) -> float:
        return 100 * self.taken / self.branches if self.branches else 0.0


def by_part(report: Mapping[str, Any]) -> dict[str, Taken]:
    """Folder → its branches; a part of which nothing was measured has none."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for file, measured in report["files"].items():
        summary = measured["summary"]
        found[Path(file).parts[0]].append((summary["num_branches"], summary["covered_branches"]))
    return {
        part: Taken(
            branches=sum(branches for branches, _ in found[part]),
            taken=sum(taken for _, taken in found[part]),
        )
        for part in PARTS
    }


def main(report: str) -> int:
    found = by_part(json.loads(Path(report).read_text()))
    for part, taken in found.items():
        print(f"{part:16} {taken.taken:5} of {taken.branches:5} branches  {taken.percent:6.2f} %")
    under = [part for part, taken in found.items() if taken.percent < LEAST]
    if under:
        print(f"Under {LEAST} %: {', '.join(under)}. Test what is not taken.", file=sys.stderr)
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
