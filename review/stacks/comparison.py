"""What differs between a stack and the same stack at another revision."""

from collections.abc import Iterator
from dataclasses import replace

from review.stacks.argument import Argument, differences
from review.stacks.change import BACKEND, OUTPUT, PROVIDER, Change
from review.stacks.moves import moves, renamed
from review.stacks.replacing import Replacing, plain, replacing
from review.stacks.stack import Stack
from review.stacks.values import Arguments, block, same

KINDS = {"output": OUTPUT, "provider": PROVIDER, "terraform": BACKEND}
"""Settings, by how their addresses begin."""


def compare(before: Stack | None, after: Stack | None) -> list[Change]:
    """Every change from one to the other, sorted by address; None where there is no such stack."""
    either = after or before
    if either is None:
        raise ValueError("a stack is compared that neither revision has")
    empty = Stack(name=either.name, document={})
    was, becomes = before or empty, after or empty
    found = list(_resources(was, becomes))
    if before and after:  # the settings of a whole stack come and go with it
        found += settings(before, after)
    return sorted(found, key=lambda change: change.address)


def settings(before: Stack, after: Stack) -> Iterator[Change]:
    """What changes beside the resources: outputs that leave Terraform, backend, providers."""
    for address in before.settings.keys() | after.settings.keys():
        kind = KINDS[address.partition(".")[0]]
        old, new = before.settings.get(address), after.settings.get(address)
        if change := _change(after, address, kind, old, new, known=None):
            yield change


def _resources(before: Stack, after: Stack) -> Iterator[Change]:
    moved = moves(before, after)
    gone = set(moved.values())
    for address, new in after.resources.items():
        origin = moved.get(address, address)
        old = before.resources.get(origin)
        if old is not None:
            old = renamed(old, moved)
        kind = address.partition(".")[0]
        change = _change(after, address, kind, old, new, known=replacing(kind))
        if address not in moved:
            if change:
                yield change
            continue
        change = change or _plain(after, address, kind, old, new)
        yield replace(
            change,
            action="moved" if change.action == "changed" else change.action,
            moved_from=origin,
            by_block=address in after.moved,
        )
    for address, old in before.resources.items():
        if address not in after.resources and address not in gone:
            kind = address.partition(".")[0]
            change = _plain(after, address, kind, old, None)
            kept = address in after.forgotten
            yield replace(change, action="forgotten" if kept else "removed")


def _plain(
    stack: Stack, address: str, kind: str, before: Arguments | None, after: Arguments | None
) -> Change:
    return Change(
        environment=stack.environment,
        stack=stack.name,
        address=address,
        kind=kind,
        action="changed",
        before=before,
        after=after,
    )


def _change(
    stack: Stack,
    address: str,
    kind: str,
    before: Arguments | None,
    after: Arguments | None,
    *,
    known: Replacing | None,
) -> Change | None:
    """The change of one address; None where nothing differs. known: of this resource type."""
    change = _plain(stack, address, kind, before, after)
    if before is None or after is None:
        return replace(change, action="added" if before is None else "removed")
    if same(before, after):
        return None
    own = known or Replacing()
    arguments = tuple(
        _told(argument, own)
        for argument in differences(before, after, is_set=own.is_set)
        if not _ignored(argument, after)
    )
    if not arguments:
        return None
    replaced = any(argument.replaces for argument in arguments)
    return replace(
        change,
        action="replaced" if replaced else "changed",
        arguments=arguments,
        known=known is not None or not change.is_resource,
    )


def _ignored(argument: Argument, after: Arguments) -> bool:
    """Whether Terraform leaves this argument to others."""
    listed = block(after.get("lifecycle")).get("ignore_changes", [])
    own = plain(argument.path)
    return listed == "all" or any(
        own == plain(each) or own.startswith(f"{plain(each)}.") for each in listed
    )


def _told(argument: Argument, known: Replacing) -> Argument:
    replaces = known.replaced_by(argument.path, before=argument.before, after=argument.after)
    return replace(argument, replaces=replaces)
