"""Why a person goes on all the same, for those who read the pull request."""

from delivery.releases.refusal import Refused

LONGEST = 300


def checked(reason: str | None, *, option: str) -> str | None:
    """Raises: Refused, for none in words, or more than one line."""
    if reason is None:
        return None
    if not reason.strip() or not reason.isprintable() or len(reason) > LONGEST:
        raise Refused(f"{option}: write the reason in one line of at most {LONGEST} letters.")
    return reason.strip()
