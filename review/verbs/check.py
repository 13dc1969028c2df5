"""`tribe check`: whether a GitOps repository can be merged."""

import sys
from pathlib import Path

import click

from review import terminal
from review.check import check as check_repository
from review.environment import UnknownEnvironment, environments
from review.repository import Repository
from review.verbs.arguments import FOUND, charts_option, environments_option, repository_argument


@click.command()
@repository_argument
@environments_option
@charts_option
def check(repository: Path, names: tuple[str, ...], charts: Path | None) -> None:
    """Everything that is wrong in it, in all files at once."""
    checkout = Repository(root=repository)
    wanted = list(names) or environments(checkout)
    if not wanted:
        raise UnknownEnvironment(
            f"{repository} has no environments/<env>/: is it the GitOps repository?"
        )
    problems, unseen = check_repository(checkout, charts=charts, names=wanted)
    terminal.unseen(unseen)
    terminal.problems(problems)
    if not problems:
        click.secho(f"{', '.join(wanted)}: no problem found", fg="green", err=True)
    sys.exit(FOUND if problems else 0)
