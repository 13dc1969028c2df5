"""The review, for people in a terminal."""

import click

from review.stacks.review import EnvironmentReview, Review, StackReview
from review.stacks.wording import counted, details, head, said

COLOURS = {
    "added": "green",
    "changed": "yellow",
    "removed": "red",
    "replaced": "magenta",
    "moved": "cyan",
    "forgotten": "blue",
}


def show(review: Review) -> None:
    """All of it: dangers, notices, and what changes in each stack."""
    for findings, colour in ((review.dangers, "red"), (review.notices, "yellow")):
        for place, finding in said(findings):
            click.secho(f"{finding.severity}  {place}", fg=colour, bold=True, nl=False)
            click.echo(f"  {finding.message} [{finding.rule}]")
    for environment in review.environments:
        _environment(environment)
    click.secho(f"\n{summary(review)}", bold=True)


def summary(review: Review) -> str:
    """The last line."""
    names = ", ".join(environment.name for environment in review.environments)
    if not any(environment.changed for environment in review.environments):
        return f"Nothing changes in AWS since {review.base} ({names})."
    dangers, notices = len(review.dangers), len(review.notices)
    return (
        f"Since {review.base}: {_number(dangers, 'danger')}, {_number(notices, 'notice')}. "
        f"What replaces a resource is from {review.provider}."
    )


def _environment(environment: EnvironmentReview) -> None:
    if not environment.changed:
        return
    whole = "" if environment.status == "changed" else f" ({environment.status})"
    click.secho(f"\n{environment.name}{whole}", bold=True)
    for stack in environment.changed:
        _stack(stack)


def _stack(stack: StackReview) -> None:
    source = ", by its plan" if stack.source == "plan" else ""
    whole = "" if stack.status == "changed" else f" ({stack.status})"
    click.echo(f"  {stack.name}{whole}  {counted(stack)}{source}")
    for change in stack.changes:
        click.secho(f"    {head(change)}", fg=COLOURS[change.action])
        # What a whole new stack is made of is in its code: here it would hide what changes.
        if change.action != "added":
            for line in details(change):
                click.echo(f"        {line}")


def _number(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
