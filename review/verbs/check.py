"""`tribe check`: whether a GitOps repository can be merged."""

import sys
from pathlib import Path
from typing import TextIO

import click

from review import terminal
from review.as_json import check as as_json
from review.check import check as check_repository
from review.environment import UnknownEnvironment, environments
from review.repository import Repository
from review.verbs.arguments import (
    FOUND,
    charts_option,
    environments_option,
    json_option,
    repository_argument,
)


@click.command()
@repository_argument
@environments_option
@charts_option
@json_option
def check(
    repository: Path, names: tuple[str, ...], charts: Path | None, json: TextIO | None
) -> None:
    """Everything that is wrong in it, in all files at once; errors end with exit code 1."""
    checkout = Repository(root=repository)
    wanted = list(names) or environments(checkout)
    if not wanted:
        raise UnknownEnvironment(
            f"{repository} has no environments/<env>/: is it the GitOps repository?"
        )
    problems, unseen = check_repository(checkout, charts=charts, names=wanted)
    if json:
        json.write(as_json.written(problems, unseen, names=wanted))
    terminal.unjudged(unseen)
    terminal.problems(problems)
    errors = any(problem.severity == "error" for problem in problems)
    if not errors:
        found = "no error" if problems else "no problem"
        click.secho(f"{', '.join(wanted)}: {found} found", fg="green", err=True)
    sys.exit(FOUND if errors else 0)
