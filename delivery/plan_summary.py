"""A round as Markdown: what an approver reads. Values marked as sensitive are not in it."""

from delivery.round import Round, Rounds

# GitHub takes 1 MiB for the summary of a step; ten stacks of this size stay below it.
LONGEST_PLAN = 90_000


def summary(made: Round, *, rounds: Rounds) -> str:
    """The round's plans with their text, and what waits for them."""
    parts = [f"## Plan of {made.commit[:12]}", ""]
    for planned in made.changing:
        text = rounds.plan_file(planned.name).text().strip()
        parts += [
            f"<details><summary>{planned.name}: has changes</summary>",
            "",
            *fenced(text, longest=LONGEST_PLAN),
            "",
            "</details>",
            "",
        ]
    still = [planned.name for planned in made.planned if not planned.changes]
    if still:
        parts += [f"No changes: {', '.join(still)}.", ""]
    if made.waiting:
        parts += [f"Planned once the above is applied: {', '.join(made.waiting)}.", ""]
    return "\n".join(parts)


def fenced(text: str, *, longest: int) -> list[str]:
    """Text in a code fence that nothing in it can close, cut to `longest` letters."""
    fence = "```"
    while fence in text:
        fence += "`"
    cut = [f"… {len(text) - longest} letters more in the job's log"] if len(text) > longest else []
    return [f"{fence}text", text[:longest], *cut, fence]
