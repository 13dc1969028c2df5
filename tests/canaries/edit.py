"""A change to one of the synthesized stacks, of the kind that a pull request brings."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.synthesis import Stack


@dataclass(frozen=True, kw_only=True)
class Edit:
    """stack: the name of the stack. change: what is done to its JSON, in place."""

    stack: str
    change: Callable[[Stack], None]

    def on(self, stacks: Mapping[str, Stack]) -> Stack:
        """The edited stack; the others stay as they are. Raises: KeyError where nothing is left to
        edit, so that no canary outlives what it was made of.
        """
        edited = copy.deepcopy(stacks[self.stack])
        self.change(edited)
        return edited

    def stacks(self, stacks: Mapping[str, Stack]) -> dict[str, Stack]:
        """All stacks, with the edited one in its place."""
        return {**stacks, self.stack: self.on(stacks)}


def changed(stack: str, address: str, **arguments: Any) -> Edit:
    """Other arguments for the resource at `address`; None takes one away."""
    kind, name = address.split(".")

    def change(edited: Stack) -> None:
        resource = edited["resource"][kind][name]
        for argument, value in arguments.items():
            if value is None:
                del resource[argument]
            else:
                resource[argument] = value

    return Edit(stack=stack, change=change)


def merged(stack: str, address: str, argument: str, **inner: Any) -> Edit:
    """Other values inside a block of the resource at `address`."""
    kind, name = address.split(".")
    return Edit(
        stack=stack,
        change=lambda edited: edited["resource"][kind][name][argument].update(inner),
    )


def added(stack: str, kind: str, **arguments: Any) -> Edit:
    """One more resource, `<kind>.canary`."""
    return Edit(
        stack=stack,
        change=lambda edited: edited["resource"].setdefault(kind, {}).update(canary=arguments),
    )


def removed(stack: str, address: str) -> Edit:
    """One resource less."""
    kind, name = address.split(".")

    def change(edited: Stack) -> None:
        del edited["resource"][kind][name]

    return Edit(stack=stack, change=change)
