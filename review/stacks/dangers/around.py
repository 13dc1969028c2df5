"""What stands around a change: the rest of its stack, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from review.stacks.change import Change, references
from review.stacks.values import Arguments


@dataclass(frozen=True, kw_only=True)
class Around:
    """The stack in which something changes.

    before, after: address → arguments of its resources, as they are synthesized.
    """

    before: Mapping[str, Arguments]
    after: Mapping[str, Arguments]
    changes: Sequence[Change] = ()

    @property
    def is_new(self) -> bool:
        """Whether the whole stack is: nothing in it can be wider than before."""
        return not self.before

    def made_for_something_new(self, change: Change, argument: str) -> bool:
        """Whether `argument` names a resource that comes with this change too."""
        named = self._named(change, argument)
        return self.is_new or any(
            each in self.after and each not in self.before and not self._moved(each)
            for each in named
        )

    def outlived(self, change: Change, argument: str) -> bool:
        """Whether what `argument` named stays, and nothing of this type is there for it now."""
        if not self.after:
            return False
        value = self._value(change, argument)
        others = (
            arguments
            for address, arguments in self.after.items()
            if address.startswith(f"{change.kind}.")
        )
        if any(other.get(argument) == value for other in others):
            return False
        named = self._named(change, argument)
        return not named or any(each in self.after for each in named)

    def _named(self, change: Change, argument: str) -> list[str]:
        return references(self._value(change, argument))

    def _value(self, change: Change, argument: str) -> Any:
        """As it is synthesized: a plan knows what was named by its id only."""
        written = self.after.get(change.address) or self.before.get(change.address)
        return (written or change.after or change.before or {}).get(argument)

    def _moved(self, address: str) -> bool:
        return any(change.address == address and change.moved_from for change in self.changes)
