"""Whether a Go template finds its keys, asked of the template's text.

For `helm template`, which has no strict mode. It follows what stands in a template as `.a.b`;
templates that move the dot it cannot follow, and refuses.
"""

import re
from typing import Any

from review.helm.release import ChartError, Fault

ACTION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`|\'(?:[^\'\\]|\\.)*\'|/\*.*?\*/', re.DOTALL)
FIELDS = re.compile(r"(?<![\w)$.])((?:\.[A-Za-z_]\w*)+)")
MOVES = re.compile(r"\b(range|with|define|block|template)\b")


def require(template: str, context: dict[str, Any]) -> None:
    """Raises: ChartError, where a key is missing or cannot be followed."""
    for action in ACTION.findall(template):
        code = TEXT.sub("", action)
        if moves := MOVES.search(code):
            raise _error(
                f"{moves[1]} can be followed only with the package helm-python-sdk", action
            )
        for fields in FIELDS.findall(code):
            _follow(fields.removeprefix(".").split("."), context, action)


def _follow(steps: list[str], context: Any, action: str) -> None:
    node = context
    for step in steps:
        if not isinstance(node, dict) or step not in node:
            raise _error(f'map has no entry for key "{step}"', action)
        node = node[step]


def _error(message: str, action: str) -> ChartError:
    return ChartError([Fault(message=f"{message} (at {action.strip()})")])
