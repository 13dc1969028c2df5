"""`python -m tools.stacks ENV` prints the stacks of one environment, each after those it needs.

Without `cdktf.out` it prints nothing, and still refuses a name that is no environment.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

from stacks.environments import PLATFORM
from stacks.settings import SettingsError

MANIFEST = Path("cdktf.out/manifest.json")


def stacks_of(environment: str, *, manifest: Path) -> list[str]:
    """The environment's stacks in the order in which they are applied."""
    if not manifest.is_file():
        return []
    return in_order(json.loads(manifest.read_text())["stacks"], environment)


def in_order(stacks: Mapping[str, Mapping[str, Sequence[str]]], environment: str) -> list[str]:
    """The same from CDKTF's own list: stack name → its entry."""
    order = TopologicalSorter({name: stack["dependencies"] for name, stack in stacks.items()})
    return [name for name in order.static_order() if name.startswith(f"{environment}-")]


def main(arguments: list[str]) -> int:
    try:
        environment = PLATFORM.environment(" ".join(arguments))
    except SettingsError as error:
        print(f"{error} Write, for instance, ENV={PLATFORM.environments[0].name}.", file=sys.stderr)
        return 2
    print(*stacks_of(environment.name, manifest=MANIFEST), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
