"""Why each statement is as wide as it is: what the stacks say of it while they are synthesized.

A policy's JSON has no room for a reason, so the reasons are taken where statements are written:
`python -m gates.reasons FILE` synthesizes main.py, and writes into FILE what every statement of
`stacks.policy` said. A statement that is in the synthesized JSON and not there came another way.
"""

import json
import runpy
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from gates.stand_ins import REFERENCE
from stacks.policy import Statement

MAIN = Path(__file__).parent.parent / "main.py"

Reasons = Mapping[str, str]
"""A statement, as `fingerprint` has it → its reason, empty where it gave none."""


def fingerprint(statement: Mapping[str, Any]) -> str:
    """A statement as text, the same before and after Terraform's references were filled in."""
    text = json.dumps(statement, sort_keys=True).replace("$${", "${")
    return REFERENCE.sub("${}", text)


def record(into: Path) -> None:
    """Synthesize main.py, and write the reasons into a file."""
    said: dict[str, str] = {}
    plain = Statement.as_json

    def as_json(self: Statement) -> dict[str, object]:
        written = plain(self)
        key = fingerprint(written)
        # The same statement twice, and once without a reason, has none.
        said[key] = self.why if said.get(key, self.why) else ""
        return written

    with patch.object(Statement, "as_json", as_json):
        runpy.run_path(str(MAIN), run_name="__main__")
    into.write_text(json.dumps(said, indent=2))


if __name__ == "__main__":
    record(Path(sys.argv[1]))
