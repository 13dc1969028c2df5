"""`tribe diff`: what a change does in each cluster."""

import sys
from pathlib import Path
from typing import TextIO

import click

from review import terminal
from review.difference import compare
from review.markdown import difference as difference_as_markdown
from review.revision import at_revision
from review.verbs.arguments import (
    FOUND,
    charts_option,
    environments_option,
    markdown_option,
    repository_argument,
)


@click.command()
@repository_argument
@click.option("--base", default="main", show_default=True, help="The revision to compare with.")
@environments_option
@markdown_option
@charts_option
def diff(
    repository: Path,
    base: str,
    names: tuple[str, ...],
    markdown: TextIO | None,
    charts: Path | None,
) -> None:
    """What changes in each cluster since BASE, object by object."""
    with at_revision(repository, base) as before:
        changes, faults = compare(before, repository, names=names, charts=charts)
    if markdown:
        markdown.write(difference_as_markdown(changes))
    else:
        terminal.differences(changes)
    terminal.problems(faults)
    sys.exit(FOUND if faults else 0)
