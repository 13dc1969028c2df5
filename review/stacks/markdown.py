"""The review as a comment on the pull request: dangers, a table, and the details folded."""

from collections.abc import Iterator, Sequence

from review.comment import code, fenced, fitted, folded, row, words
from review.stacks.change import ACTIONS
from review.stacks.finding import Finding
from review.stacks.review import Review, StackReview
from review.stacks.wording import SIGNS, counted, details, head, said

MOST_FINDINGS = 50
"""Dangers, and notices, that the comment names; it says how many more there are."""

LONGEST_PART = 20_000
"""Letters of one stack's details, so that no stack takes the place of all others."""

# How a line of a difference begins, for GitHub to colour it.
DIFF = {"added": "+", "removed": "-", "replaced": "!"}

COLUMNS = tuple(f"{SIGNS[action]} {action}" for action in ACTIONS)


def comment(review: Review) -> str:
    """The comment. Where it would be too long, it says what it leaves out."""
    changed = [stack for each in review.environments for stack in each.changed]
    if not changed:
        return f"Nothing changes in AWS, compared with {words(review.base)}.\n"
    parts = [_folded(stack) for stack in changed]
    return fitted(
        "\n".join(_top(review)),
        parts,
        left_out=lambda number: (
            f"The details of {number} more {'stack' if number == 1 else 'stacks'} do not fit here: "
            "see `tribe review`."
        ),
    )


def _top(review: Review) -> Iterator[str]:
    yield f"What this changes in AWS, compared with {words(review.base)}.\n"
    yield from _findings("danger", "dangers", review.dangers)
    yield from _findings("notice", "notices", review.notices)
    yield row(["environment", "stack", *COLUMNS, "by"])
    yield row(["---", "---", *["---:"] * len(COLUMNS), "---"])
    for environment in review.environments:
        for stack in environment.changed:
            name = stack.name if stack.status == "changed" else f"{stack.name} ({stack.status})"
            counts = [stack.counts.get(action) or "" for action in ACTIONS]
            yield row([words(environment.name), words(name), *counts, stack.source])
    yield ""


def _findings(one: str, many: str, findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    yield f"**{len(findings)} {one if len(findings) == 1 else many}**\n"
    told = said(findings)
    for place, finding in told[:MOST_FINDINGS]:
        yield f"- {code(place)} {words(_cut(finding.message))} ({words(finding.rule)})"
    if len(told) > MOST_FINDINGS:
        yield f"- and {len(told) - MOST_FINDINGS} more: see `tribe review`"
    yield ""


def _folded(stack: StackReview) -> str:
    lines: list[str] = []
    for change in stack.changes:
        sign = DIFF.get(change.action, " ")
        text = head(change)
        lines.append(text if text.startswith(sign) else f"{sign} {text}")
        lines += [f"      {line}" for line in details(change)]
    return folded(f"{stack.name}: {counted(stack)}", fenced(_fitting(lines), language="diff"))


def _fitting(lines: Sequence[str]) -> list[str]:
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > LONGEST_PART:
            return [*kept, f"… {len(lines) - len(kept)} more lines do not fit here"]
        kept.append(line)
    return kept


def _cut(message: str, longest: int = 400) -> str:
    if len(message) <= longest:
        return message
    return f"{message[:longest]}… ({len(message) - longest} more letters)"
