"""What a pull request's comment says: a table on top, every object's difference folded below."""

from review.comment import fenced, fitted, folded
from review.difference import Change, counted

COLUMNS = ("added", "changed", "removed")


def difference(changes: list[Change]) -> str:
    """The comment. Where it would be too long, it says what it leaves out."""
    if not changes:
        return "No cluster changes.\n"
    return fitted(
        _table(changes),
        [_folded(change) for change in changes],
        left_out=lambda number: (
            f"{number} more objects change, and do not fit here: see `tribe diff`."
        ),
    )


def _table(changes: list[Change]) -> str:
    lines = [
        "| environment | application | added | changed | removed |",
        "|---|---|---:|---:|---:|",
    ]
    for (environment, application), counts in counted(changes).items():
        numbers = " | ".join(str(counts[what] or "") for what in COLUMNS)
        lines.append(f"| {environment} | {application} | {numbers} |")
    return "\n".join(lines) + "\n"


def _folded(change: Change) -> str:
    head = f"{change.environment} · {change.application} · {change.what} {change.object}"
    return folded(head, fenced(change.lines, language="diff"))
