"""A change in words and signs that the terminal and the comment share."""

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from review.stacks.argument import Argument
from review.stacks.change import ACTIONS, Action, Change
from review.stacks.finding import Finding
from review.stacks.review import StackReview
from review.stacks.values import canonical

OTHER_STACK = re.compile(
    r"data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)"
    r"\.outputs\.(?:cross-stack-output-)?"
)
"""How CDKTF writes `the stack's`."""

LONGEST = 160
"""Letters of a value that are shown."""

MOST_LINES = 40
"""Lines of a text's difference that are shown."""

SIGNS: dict[Action, str] = {
    "added": "+",
    "changed": "~",
    "removed": "-",
    "replaced": "±",
    "moved": "→",
    "forgotten": "○",
}


def head(change: Change) -> str:
    """`± aws_subnet.public, replaced: availability_zone`."""
    return f"{SIGNS[change.action]} {change.address}{_said(change)}"


def details(change: Change) -> Iterator[str]:
    """What differs, line by line; of something new, what it is made of."""
    if change.action == "added":
        for name, value in sorted((change.after or {}).items()):
            yield f"{name}: {shown(value)}"
    for argument in change.arguments:
        yield from _lines(argument)


def counted(stack: StackReview) -> str:
    """`+1 ~2 ±1`, and how many settings."""
    counts = [
        f"{SIGNS[action]}{stack.counts[action]}" for action in ACTIONS if stack.counts.get(action)
    ]
    settings = sum(not change.is_resource for change in stack.changes)
    if settings:
        counts.append(f"{settings} setting{'' if settings == 1 else 's'}")
    return " ".join(counts)


def said(findings: Sequence[Finding]) -> list[tuple[str, Finding]]:
    """Where and what; those that say the same of several addresses in one stack, once."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        alike.setdefault((each.environment, each.stack, each.rule, each.message), []).append(each)
    return [
        (
            ", ".join([own[0].place, *(each.address for each in own[1:4])])
            + (f" and {len(own) - 4} more" if len(own) > 4 else ""),
            own[0],
        )
        for own in alike.values()
    ]


def shown(value: Any) -> str:
    """A value in one line; of a long one the beginning, and how much is left out."""
    if value is None:
        return "(not set)"
    text = OTHER_STACK.sub(r"\1:", json.dumps(value, ensure_ascii=False))
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}… ({len(text) - LONGEST} more letters)"


def _said(change: Change) -> str:
    said = ""
    if change.moved_from:
        said += f", from {change.moved_from}"
        if not change.by_block:
            said += " without a `moved` block: destroyed and made again"
    if change.action == "replaced":
        paths = [argument.path for argument in change.arguments if argument.replaces]
        said += f", replaced: {', '.join(paths)}" if paths else ""
        said += f" (because {change.because} is)" if change.because else ""
    if not change.known and change.action == "changed":
        said += f" (what replaces a {change.kind} is not known: this may)"
    return said


def _lines(argument: Argument) -> Iterator[str]:
    before, after = argument.before, argument.after
    forces = "  # forces a new one" if argument.replaces else ""
    later = "  # known only later" if argument.known_later else ""
    path = argument.path or "value"
    if before == after:  # the reference stays, and what it refers to does not
        yield f"{path}: another {shown(after)}{forces}{later}"
    elif _is_text(before) and _is_text(after):
        yield f"{path}:{forces}"
        yield from _text(before, after)
    elif isinstance(before, list) and isinstance(after, list):
        yield f"{path}: {_listed(before, after)}{forces}{later}"
    else:
        yield f"{path}: {shown(before)} → {shown(after)}{forces}{later}"


def _listed(before: list[Any], after: list[Any]) -> str:
    """What comes into a list and goes out of it."""
    old, new = (Counter(map(canonical, side)) for side in (before, after))
    gone = [json.loads(each) for each in (old - new).elements()]
    come = [json.loads(each) for each in (new - old).elements()]
    parts = [f"without {shown(each)}" for each in gone] + [f"with {shown(each)}" for each in come]
    return ", ".join(parts) if parts else "in another order"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and "\n" in value.strip()


def _text(before: str, after: str) -> Iterator[str]:
    """A text's difference, without what stays."""
    hunks = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
    lines = [line for number, line in enumerate(hunks) if number > 1]  # without file names
    for line in lines[:MOST_LINES]:
        yield f"  {line}"
    if len(lines) > MOST_LINES:
        yield f"  … {len(lines) - MOST_LINES} more lines"
