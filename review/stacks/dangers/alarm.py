"""What a rule says about one change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from review.stacks.change import Change
from review.stacks.dangers.around import Around
from review.stacks.finding import Severity


@dataclass(frozen=True)
class Alarm:
    """In words for the reviewer."""

    message: str
    severity: Severity = "danger"


Rule = Callable[[Change, Around], Iterable[Alarm]]
"""Its name, with dashes, is the name that the finding bears."""
