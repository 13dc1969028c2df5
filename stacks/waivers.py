"""Waivers: where a scanner's check does not fit, and why.

They go into the synthesized JSON, so that the gate which reads a finding reads its reason there
too. The gate refuses a finding without a waiver, and a waiver without a finding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Protocol

COMMENT = "waivers"
"""Where waivers stand in a resource's comment (`//`, which Terraform skips)."""


class UnexplainedWaiverError(ValueError):
    """A waiver that does not say why, or what."""


class Overridable(Protocol):
    """What takes cdktf's overrides: every resource does."""

    def add_override(self, path: str, value: Any) -> None: ...


def waive(resource: Overridable, *checks: str, why: str) -> None:
    """Say that `checks`, by their ids, may fail on this one resource.

    Raises: UnexplainedWaiverError, where it names no check or no reason.
    """
    _demand_reason(checks, why=why)
    # One override for all: each is a call into Node.
    resource.add_override(f"//.{COMMENT}.{' '.join(checks)}", why)


def waivers_of(arguments: Mapping[str, Any]) -> dict[str, str]:
    """The waivers of a synthesized resource: check → why."""
    written = arguments.get("//", {}).get(COMMENT, {})
    return {check: why for checks, why in written.items() for check in checks.split()}


@dataclass(frozen=True, kw_only=True)
class Everywhere:
    """A check that one reason waives on every resource it looks at.

    stacks: patterns of the stacks' names where the reason holds.
    """

    check: str
    why: str
    stacks: tuple[str, ...] = ("*",)

    def __post_init__(self) -> None:
        _demand_reason((self.check,), why=self.why)

    def covers(self, *, stack: str, check: str) -> bool:
        """Whether this waives `check` in `stack`."""
        return check == self.check and any(fnmatchcase(stack, each) for each in self.stacks)


def _demand_reason(checks: tuple[str, ...], *, why: str) -> None:
    if not checks:
        raise UnexplainedWaiverError(
            "A waiver names no check. Write the ids that the scanner prints."
        )
    if not why.strip():
        raise UnexplainedWaiverError(
            f"{', '.join(checks)} waived without a reason. Say it in `why`."
        )


EVERYWHERE = (
    Everywhere(
        check="CKV2_AWS_57",
        why="The values are other systems' keys, put in by people: a rotation function here could "
        "not make a new one there.",
    ),
    Everywhere(check="CKV2_AWS_62", why="Nothing here acts when an object arrives."),
    Everywhere(
        check="CKV_AWS_144",
        why="One region holds all of an environment: logs and states of what a lost region took "
        "with it need no copy elsewhere.",
    ),
    Everywhere(
        check="CKV_AWS_18",
        why="Who reads a bucket is CloudTrail's to record, without gaps and with a session's name; "
        "the trail is the organisation's.",
    ),
    Everywhere(
        check="CKV_AWS_338",
        stacks=("dev-*", "staging-*"),
        why="A year of logs is kept where customers are; elsewhere the settings say how long.",
    ),
)
