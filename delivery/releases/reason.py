"""Why a person goes on all the same, for those who read the pull request."""

from collections.abc import Callable
from typing import Any

import click

from delivery.releases.refusal import Refused

LONGEST = 300


def reason_option(option: str, field: str, *, help: str) -> Callable[[Any], Any]:
    """The option that wants a reason: one line, or none if the option is not given."""
    return click.option(
        option,
        field,
        metavar="REASON",
        callback=lambda context, parameter, reason: checked(reason, option=option),
        help=help,
    )


def checked(reason: str | None, *, option: str) -> str | None:
    """Raises: Refused, for none in words, or more than one line."""
    if reason is None:
        return None
    if not reason.strip() or not reason.isprintable() or len(reason) > LONGEST:
        raise Refused(f"{option}: write the reason in one line of at most {LONGEST} letters.")
    return reason.strip()
