"""A lock on a stack's state, as Terraform tells of it: whose it is, and what to do about it."""

import re
from dataclasses import dataclass

RUNBOOK = "docs/runbooks/state-locked.md"

# Terraform's words where the state is held. Where the lock could not even be asked for, as without
# the right to write it, the same error comes without the second line.
REFUSED = "Error acquiring the state lock"
INFO = "Lock Info:"


@dataclass(frozen=True, kw_only=True)
class StateLock:
    """Who holds a state.

    path: the state's, with its bucket. operation: of the run that holds it ("apply"). who: its user
    and machine. created: when it took the lock, as Terraform writes it.
    """

    id: str
    path: str
    operation: str
    who: str
    created: str

    def __str__(self) -> str:
        return (
            f"The state {self.path} is locked: {self.who} holds it since {self.created}, "
            f"to {self.operation}. The lock's id is {self.id}. Nothing was changed.\n"
            f"If that run is alive, wait for it. If it is dead, {RUNBOOK} says how to see that, "
            "how to unlock, and where to look for what it made last."
        )


def lock_in(output: str) -> StateLock | None:
    """The lock that kept a Terraform command from running; None where there was none."""
    _, refused, said = output.partition(REFUSED)
    _, told, info = said.partition(INFO)
    if not (refused and told):
        return None
    return StateLock(
        id=_value(info, "ID"),
        path=_value(info, "Path"),
        operation=_value(info, "Operation").removeprefix("OperationType").lower(),
        who=_value(info, "Who"),
        created=re.sub(r"\.\d+ \+0000 UTC$", " UTC", _value(info, "Created")),
    )


def _value(info: str, name: str) -> str:
    """One line's value; "unknown" where a lock was not made by Terraform and lacks it."""
    found = re.search(rf"\b{name}:[ \t]+(\S[^\n]*)", info)
    return found[1].strip() if found else "unknown"
