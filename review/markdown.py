"""What a pull request's comment says: a table on top, every object's difference folded below."""

from review.difference import Change, counted

# GitHub takes 65,536 letters in a comment; what else is in it needs some.
LONGEST = 60_000
COLUMNS = ("added", "changed", "removed")


def difference(changes: list[Change]) -> str:
    """The comment. Where it would be too long, it says what it leaves out."""
    if not changes:
        return "No cluster changes.\n"
    text = _table(changes)
    left_out = 0
    for change in changes:
        part = _folded(change)
        if len(text) + len(part) > LONGEST:
            left_out += 1
        else:
            text += part
    if left_out:
        text += f"\n{left_out} more objects change, and do not fit here: see `tribe diff`.\n"
    return text


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
    # As many ticks as no line has, or a value could end the block.
    fence = "```"
    while any(fence in line for line in change.lines):
        fence += "`"
    head = f"{change.environment} · {change.application} · {change.what} {change.object}"
    body = "\n".join(change.lines)
    return f"\n<details><summary>{head}</summary>\n\n{fence}diff\n{body}\n{fence}\n\n</details>\n"
