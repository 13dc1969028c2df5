"""What a reviewer must not miss."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["danger", "notice"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to look at before this is merged.

    severity: `danger` must not be merged without thought, `notice` is good to know.
    rule: which rule found it, in words that stay the same.
    stack, address: where; empty where it is about the whole environment or stack.
    """

    severity: Severity
    rule: str
    message: str
    environment: str
    stack: str = ""
    address: str = ""

    @property
    def place(self) -> str:
        return " ".join(part for part in (self.stack or self.environment, self.address) if part)
