"""Resources that are made anew because another one is: a new VPC has a new id, and a subnet cannot
move into it. A configuration does not show it, for the reference stays the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from review.stacks.argument import Argument, joined
from review.stacks.change import Change
from review.stacks.replacing import plain, replacing
from review.stacks.stack import Stack
from review.stacks.values import Arguments

EXPRESSION = re.compile(r"\$\{([^}]*)\}")
ATTRIBUTE = re.compile(r"(?<![\w.-])((?:data\.)?[a-z]\w*\.[\w-]+)(?:\[\d+\])?\.([\w-]+)")
OTHER_STACK = re.compile(
    r"data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)"
)

Place = tuple[str, str]
"""Stack and address."""


def cascaded(
    changes: Sequence[Change], *, before: Mapping[str, Stack], after: Mapping[str, Stack]
) -> list[Change]:
    """The changes, and what is replaced because of them, in this stack and in those behind it.

    before, after: the stacks in which to look, by name.
    """
    found: dict[Place, Change] = {(change.stack, change.address): change for change in changes}
    anew = {place: change for place, change in found.items() if _is_new(change)}
    while anew:
        more = {
            (change.stack, change.address): change
            for change in _forced(anew, found, before=before, after=after)
        }
        found |= more
        anew = more
    return list(found.values())


def _is_new(change: Change) -> bool:
    """Whether AWS will call it by another id."""
    return change.stays and change.goes


def _forced(
    anew: Mapping[Place, Change],
    found: Mapping[Place, Change],
    *,
    before: Mapping[str, Stack],
    after: Mapping[str, Stack],
) -> Iterator[Change]:
    for name, stack in after.items():
        if name not in before:
            continue
        for address, new in stack.resources.items():
            change = found.get((name, address))
            old = before[name].resources.get(change.moved_from or address if change else address)
            if old is None or (change and change.goes):
                continue
            arguments = [
                Argument(path=path, before=text, after=text, replaces=True)
                for path, text in _forcing(address.partition(".")[0], new)
                if _changed_ids(text, stack=stack, stacks=after, anew=anew)
            ]
            if arguments:
                causes = _changed_ids(arguments[0].after, stack=stack, stacks=after, anew=anew)
                yield _replaced(
                    change, arguments, stack=stack, address=address, old=old, new=new,
                    because=causes[0],
                )  # fmt: skip


def _replaced(
    change: Change | None,
    arguments: Sequence[Argument],
    *,
    stack: Stack,
    address: str,
    old: Arguments,
    new: Arguments,
    because: str,
) -> Change:
    own = change or Change(
        environment=stack.environment,
        stack=stack.name,
        address=address,
        kind=address.partition(".")[0],
        action="replaced",
        before=old,
        after=new,
    )
    paths = {argument.path for argument in arguments}
    others = [argument for argument in own.arguments if argument.path not in paths]
    return replace(own, action="replaced", arguments=(*others, *arguments), because=because)


def _forcing(kind: str, arguments: Arguments) -> Iterator[tuple[str, str]]:
    """Path and text of the arguments that force a new resource where they change."""
    known = replacing(kind)
    if known:
        for path, text in _texts(arguments):
            if known.replaced_by(path, before=text, after=text):
                yield path, text


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, inner in value.items():
                yield from _texts(inner, joined(path, key))
        case list():
            for number, inner in enumerate(value):
                yield from _texts(inner, f"{path}[{number}]")
        case str() if "${" in value:
            yield path, value


def _changed_ids(
    text: str, *, stack: Stack, stacks: Mapping[str, Stack], anew: Mapping[Place, Change]
) -> list[str]:
    """Who changes the value of this text: what is made anew and named in it by what is new."""
    causes = []
    for expression in EXPRESSION.findall(text):
        for other, output in OTHER_STACK.findall(expression):
            if other in stacks:
                outputs = stacks[other].document.get("output", {})
                value = str(outputs.get(output, {}).get("value", ""))
                causes += [
                    cause if " " in cause else f"{other} {cause}"
                    for cause in _changed_ids(value, stack=stacks[other], stacks=stacks, anew=anew)
                ]
        for address, attribute in ATTRIBUTE.findall(expression):
            change = anew.get((stack.name, address))
            if change and not _stays(change, attribute):
                causes.append(address)
    return causes


def _stays(change: Change, attribute: str) -> bool:
    """Whether the new resource has the old one's value: one that the configuration gives it."""
    given = (change.after or {}).get(attribute)
    differs = any(plain(argument.path) == attribute for argument in change.arguments)
    return given is not None and not differs
