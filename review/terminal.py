"""What people see in the terminal."""

from collections.abc import Iterable

import click

from review.difference import Change, counted
from review.problem import Problem
from review.render import Rendering
from review.sources import NotRendered

COLOURS = {"+": "green", "-": "red", "@": "cyan"}

# More of one kind in one place says no more.
MOST = 20


def applications(rendering: Rendering) -> None:
    """A line for each application: its name, its namespace, how much it syncs."""
    environment = rendering.environment
    head = f"{environment.name}: Kubernetes {environment.kubernetes_version}"
    click.secho(head, bold=True, err=True)
    width = max(len(each.name) for each in rendering.applications)
    for each in rendering.applications:
        number = len(each.documents)
        count = f"{number} document{'' if number == 1 else 's'}"
        faults = f"  {len(each.problems)} problems" if each.problems else ""
        click.echo(f"  {each.name:{width}}  {each.namespace:20}  {count}{faults}", err=True)


def differences(changes: list[Change]) -> None:
    """A table of what comes, changes and goes, then every object's difference."""
    if not changes:
        click.secho("No cluster changes.", fg="green")
        return
    width = max(len(change.application) for change in changes)
    for (environment, application), counts in counted(changes).items():
        told = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        click.echo(f"{environment:8} {application:{width}}  {told}")
    for change in changes:
        head = f"\n{change.environment} {change.application}: {change.what} {change.object}"
        click.secho(head, bold=True)
        for line in change.lines:
            click.secho(line, fg=COLOURS.get(line[:1]))


def problems(found: list[Problem]) -> None:
    """Every problem, by the file that is to be mended; one that several applications have, once."""
    by_file: dict[str, list[str]] = {}
    for each in found:
        lines = by_file.setdefault(each.file or each.application, [])
        line = f"{f'{each.line}: ' if each.line else ''}{_without_file(each)}"
        if line not in lines:
            lines.append(line)
    for file, lines in sorted(by_file.items()):
        click.secho(file, bold=True, err=True)
        for line in lines[:MOST]:
            click.echo(f"  {line}", err=True)
        if len(lines) > MOST:
            click.echo(f"  … and {len(lines) - MOST} more", err=True)
    total = sum(len(lines) for lines in by_file.values())
    if total:
        words = "1 problem" if total == 1 else f"{total} problems"
        click.secho(f"{words} in {len(by_file)} files", fg="red", bold=True, err=True)


def unseen(missing: Iterable[NotRendered]) -> None:
    """Charts and repositories that are not here: nothing is said about what they hold."""
    for line in dict.fromkeys(str(each) for each in missing):
        click.secho(line, fg="yellow", err=True)


def _without_file(problem: Problem) -> str:
    said = ": ".join(part for part in (problem.document, problem.path, problem.message) if part)
    return f"{said} [{problem.application}]" if problem.application else said
