"""The page of `tribe review`: what a change does in AWS, stack by stack."""

import difflib
import json
from collections.abc import Iterator
from typing import Any

from review import go_yaml
from review.page.content import PROD, Box, Entry, Environment, Map, Page, Remark
from review.stacks.argument import Argument
from review.stacks.change import Change
from review.stacks.finding import Finding
from review.stacks.review import EnvironmentReview, Review, StackReview
from review.stacks.wording import OTHER_STACK

SHORT = 100
"""Letters of a value that stays on one line."""


def page(review: Review, *, repository: str) -> Page:
    """repository: its name."""
    return Page(
        title="What this change does in AWS",
        repository=repository,
        base=review.base,
        head=review.head,
        verb="tribe review",
        environments=tuple(_environment(each) for each in review.environments),
        remarks=tuple(_remark(each) for each in review.findings),
    )


def _environment(environment: EnvironmentReview) -> Environment:
    boxes = tuple(_box(stack) for stack in environment.stacks)
    return Environment(name=environment.name, maps=(Map(kind="stacks", boxes=boxes),))


def _box(stack: StackReview) -> Box:
    return Box(
        name=stack.name,
        needs=stack.dependencies,
        holds=stack.resources,
        becomes=stack.status if stack.status in ("added", "removed") else None,
        is_prod=PROD in stack.name.split("-"),
        entries=tuple(_entry(change) for change in stack.changes),
    )


def _entry(change: Change) -> Entry:
    return Entry(
        name=change.address,
        what=change.action,
        note=", ".join(_notes(change)),
        setting=not change.is_resource,
        lines=tuple(_lines(change)),
    )


def _notes(change: Change) -> Iterator[str]:
    if change.moved_from:
        yield f"from {change.moved_from}"
        if not change.by_block:
            yield "without a `moved` block: destroyed and made again"
    forcing = [argument.path for argument in change.arguments if argument.replaces]
    if change.action == "replaced" and forcing:
        yield f"forced by {', '.join(forcing)}"
    if change.because:
        yield f"because {change.because} is replaced"
    if not change.known and change.action == "changed":
        yield f"what replaces a {change.kind} is not known: this may"


def _lines(change: Change) -> Iterator[str]:
    if change.stays:
        for argument in change.arguments:
            yield from _argument(argument)
        return
    sign, arguments = ("-", change.before) if change.after is None else ("+", change.after)
    for line in _written(arguments or {}):
        yield f"{sign}{line}"


def _argument(argument: Argument) -> Iterator[str]:
    """One line before and one after where they are short, else their difference."""
    path = argument.path or "value"
    said = [
        "forces a new resource" if argument.replaces else "",
        "known only when it is applied" if argument.known_later else "",
    ]
    comment = f"  # {', '.join(filter(None, said))}" if any(said) else ""
    old, new = _short(argument.before), _short(argument.after)
    if argument.before == argument.after:  # the reference stays, and what it refers to does not
        yield f" {path}: another {old or _readable(json.dumps(argument.after))}{comment}"
    elif old and new:
        if argument.before is not None:
            yield f"-{path}: {old}{comment if argument.after is None else ''}"
        if argument.after is not None:
            yield f"+{path}: {new}{comment}"
    else:
        yield f"@ {path}{comment}"
        was, becomes = (_written(value) for value in (argument.before, argument.after))
        hunks = difflib.unified_diff(was, becomes, lineterm="", n=3)
        for number, line in enumerate(hunks):
            if number > 1 and not line.startswith("@@"):
                yield line


def _short(value: Any) -> str:
    """The value on one line; empty where it does not fit on one."""
    text = _readable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= SHORT else ""


def _written(value: Any) -> list[str]:
    """The value as lines; none where it is not set."""
    if value is None:
        return []
    text = value if isinstance(value, str) else go_yaml.write(value)
    return _readable(text).splitlines()


def _readable(text: str) -> str:
    """With CDKTF's way of naming another stack's value as `stack:value`."""
    return OTHER_STACK.sub(r"\1:", text)


def _remark(finding: Finding) -> Remark:
    return Remark(
        severity=finding.severity,
        rule=finding.rule,
        message=finding.message,
        place=finding.place,
        environment=finding.environment,
        kind="stacks" if finding.stack else None,
        box=finding.stack,
        entry=finding.address,
    )
