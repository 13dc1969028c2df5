"""`tribe diff`: what a change does in each cluster."""

import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from review import terminal
from review.as_json import difference as as_json
from review.difference import compare
from review.markdown import difference as difference_as_markdown
from review.page import html as page_as_html
from review.page import of_applications
from review.revision import at_revision
from review.verbs.arguments import (
    FOUND,
    charts_option,
    environments_option,
    html_option,
    json_option,
    markdown_option,
    repository_argument,
)

WORKING_TREE = "the working tree"
NOTHING = "nothing"


@click.command()
@repository_argument
@click.option("--base", default="main", show_default=True, help="The revision to compare with.")
@click.option(
    "--from-nothing", is_flag=True, help="As if there had been nothing: all that there is, added."
)
@environments_option
@markdown_option
@json_option
@html_option
@charts_option
def diff(
    repository: Path,
    base: str,
    from_nothing: bool,
    names: tuple[str, ...],
    markdown: TextIO | None,
    json: TextIO | None,
    html: TextIO | None,
    charts: Path | None,
) -> None:
    """What changes in each cluster since BASE, object by object. Exit code 1: faults in it."""
    base = NOTHING if from_nothing else base
    with _empty() if from_nothing else at_revision(repository, base) as before:
        found = compare(before, repository, names=names, charts=charts)
    if markdown:
        markdown.write(difference_as_markdown(list(found.changes)))
    if json:
        json.write(as_json.written(found, base=base))
    if html:
        page = of_applications.page(
            found, repository=repository.resolve().name, base=base, head=WORKING_TREE
        )
        html.write(page_as_html.written(page))
    if not (markdown or json or html):
        terminal.differences(list(found.changes))
    terminal.unseen(found.not_rendered)
    terminal.problems(found.problems)
    errors = any(problem.severity == "error" for problem in found.problems)
    sys.exit(FOUND if errors else 0)


@contextmanager
def _empty() -> Generator[Path]:
    """A checkout in which there is nothing."""
    with tempfile.TemporaryDirectory(prefix="tribe-base-") as folder:
        yield Path(folder)
