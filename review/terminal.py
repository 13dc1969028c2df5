"""What people see in the terminal."""

from collections.abc import Iterable

import click

from review.difference import Change, counted
from review.problem import Problem, Unseen
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


def problems(found: Iterable[Problem]) -> None:
    """Every problem, by the file that is to be mended, errors first; one that several applications
    or environments have, once."""
    by_file: dict[str, dict[tuple[str, str], list[str]]] = {}
    for each in sorted(found, key=lambda problem: problem.severity):
        lines = by_file.setdefault(each.file or each.application, {})
        environments = lines.setdefault((each.severity, _line(each)), [])
        if each.environment not in ["", *environments]:
            environments.append(each.environment)
    for file, lines in sorted(by_file.items()):
        click.secho(file, bold=True, err=True)
        for (severity, line), environments in list(lines.items())[:MOST]:
            where = f" [{', '.join(environments)}]" if environments else ""
            word = "" if severity == "error" else f"{severity}: "
            click.secho(f"  {word}{line}{where}", fg="yellow" if word else None, err=True)
        if len(lines) > MOST:
            click.echo(f"  … and {len(lines) - MOST} more", err=True)
    _count([severity for lines in by_file.values() for severity, _ in lines], files=len(by_file))


def unseen(missing: Iterable[NotRendered]) -> None:
    """Charts and repositories that are not here: nothing is said about what they hold."""
    for line in dict.fromkeys(str(each) for each in missing):
        click.secho(line, fg="yellow", err=True)


def unjudged(missing: Iterable[Unseen]) -> None:
    """What a check could not look at, by the reason."""
    by_reason: dict[str, dict[str, None]] = {}
    for each in missing:
        by_reason.setdefault(each.why, {})[each.what] = None
    for why, whats in by_reason.items():
        click.secho(f"not looked at: {why}", fg="yellow", err=True)
        for what in whats:
            click.echo(f"  {what}", err=True)


def _count(severities: list[str], *, files: int) -> None:
    counts = [(word, severities.count(word)) for word in ("error", "warning")]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts if count]
    if said:
        colour = "red" if "error" in severities else "yellow"
        where = f"in {files} file{'' if files == 1 else 's'}"
        click.secho(f"{' and '.join(said)} {where}", fg=colour, bold=True, err=True)


def _line(problem: Problem) -> str:
    """The problem without its file, severity and environment."""
    said = ": ".join(part for part in (problem.document, problem.path, problem.message) if part)
    place = f"{problem.line}: " if problem.line else ""
    return f"{place}{said} [{problem.application}]" if problem.application else f"{place}{said}"
