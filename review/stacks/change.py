"""One thing that changes in a stack: a resource, an output, the backend, the provider."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from review.stacks.argument import Argument, joined
from review.stacks.values import Arguments, block

Action = Literal["added", "changed", "removed", "replaced", "moved", "forgotten"]

ACTIONS: tuple[Action, ...] = ("added", "changed", "removed", "replaced", "moved", "forgotten")

BACKEND, OUTPUT, PROVIDER = "backend", "output", "provider"
SETTINGS = (BACKEND, OUTPUT, PROVIDER)

REFERENCE = re.compile(r"\$\{((?:data\.)?[a-z]\w*\.[\w-]+)[.\[}]")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What happens to one address of a stack.

    address: as Terraform writes it; `output.<name>`, `terraform.backend`, `provider.<name>`.
    kind: the resource's type; `output`, `backend` or `provider`.
    action: `moved` is a new address for the same thing, `forgotten` leaves it in AWS.
    arguments: what differs, where it is there before and after.
    before, after: all arguments, normalised; None where it is not there.
    moved_from: its old address.
    by_block: whether a `moved` block says so; without one Terraform destroys and makes it again.
    because: the address whose replacement forces this one.
    known: whether the provider said which of this type's arguments force a new resource.
    """

    environment: str
    stack: str
    address: str
    kind: str
    action: Action
    arguments: tuple[Argument, ...] = ()
    before: Arguments | None = None
    after: Arguments | None = None
    moved_from: str = ""
    by_block: bool = True
    because: str = ""
    known: bool = True

    @property
    def is_resource(self) -> bool:
        return self.kind not in SETTINGS

    @property
    def stays(self) -> bool:
        """Whether it is there before and after."""
        return self.before is not None and self.after is not None

    @property
    def goes(self) -> bool:
        """Whether what is there now is destroyed."""
        renamed = self.action == "moved" and not self.by_block
        return self.action in ("removed", "replaced") or renamed

    def old(self, *path: str) -> Any:
        """The value of `path` before, through blocks; None where it is not set."""
        return _at(self.before, path)

    def new(self, *path: str) -> Any:
        """The value of `path` after."""
        return _at(self.after, path)

    def leaves(self) -> Iterator[Argument]:
        """What differs, value by value: a block that comes or goes as all that is in it."""
        for argument in self.arguments:
            yield from _leaves(argument.path, argument.before, argument.after)


def references(value: Any) -> list[str]:
    """The addresses that a text refers to: `${aws_vpc.vpc.id}` is aws_vpc.vpc."""
    return REFERENCE.findall(value) if isinstance(value, str) else []


def _at(arguments: Arguments | None, path: tuple[str, ...]) -> Any:
    value: Any = arguments
    for step in path:
        value = block(value).get(step)
    return value


def _leaves(path: str, before: Any, after: Any) -> Iterator[Argument]:
    whole = before if before is not None else after
    if before is not None and after is not None:
        yield Argument(path=path, before=before, after=after)
    elif isinstance(whole, dict):
        for key in sorted(whole):
            old, new = (side.get(key) if side else None for side in (before, after))
            yield from _leaves(joined(path, key), old, new)
    elif isinstance(whole, list) and all(isinstance(each, dict) for each in whole):
        for number, each in enumerate(whole):
            old, new = (each, None) if before is not None else (None, each)
            yield from _leaves(f"{path}[{number}]", old, new)
    else:
        yield Argument(path=path, before=before, after=after)
