"""Which arguments force a new resource, by what the AWS provider itself answered.

The table is made by `python -m tools.replacing`, which says how; a test asks the provider again.
"""

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("replacing.json")

POSITION = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, kw_only=True)
class Replacing:
    """What is known of one resource type; paths are without positions, as `tag.key`.

    changed, added, removed: arguments that force a new resource where that happens to them.
    sets: arguments whose order means nothing.
    """

    changed: Sequence[str] = ()
    added: Sequence[str] = ()
    removed: Sequence[str] = ()
    sets: Sequence[str] = ()

    def replaced_by(self, path: str, *, before: Any, after: Any) -> bool:
        """Whether this change of an argument forces a new resource. None: not set."""
        if before is None:
            return _touches(self.added, path, after)
        if after is None:
            return _touches(self.removed, path, before)
        return _touches(self.changed, path, after)

    def is_set(self, path: str) -> bool:
        """Whether the order of this list means nothing."""
        return plain(path) in self.sets


@functools.cache
def table() -> tuple[str, Mapping[str, Replacing]]:
    """The provider that answered, as `hashicorp/aws 5.100.0`, and its answers by type."""
    content = json.loads(TABLE.read_text())
    types = {kind: Replacing(**answers) for kind, answers in content["types"].items()}
    return content["provider"], types


def replacing(kind: str) -> Replacing | None:
    """What is known of a resource type; None where the provider was not asked for it."""
    return table()[1].get(kind)


def plain(path: str) -> str:
    """`tag[0].key` is `tag.key`."""
    return POSITION.sub("", path)


def _touches(paths: Sequence[str], path: str, value: Any) -> bool:
    """Whether `path` is one of these, or below one, or a block that has one in it."""
    own = plain(path)
    for each in paths:
        if own == each or own.startswith(f"{each}."):
            return True
        if each.startswith(f"{own}.") and _holds(value, each.removeprefix(f"{own}.").split(".")):
            return True
    return False


def _holds(value: Any, steps: Sequence[str]) -> bool:
    if not steps:
        return value is not None
    inner = value if isinstance(value, list) else [value]
    return any(isinstance(each, dict) and _holds(each.get(steps[0]), steps[1:]) for each in inner)
