"""`tribe review`: what a change of the stacks does to AWS, without an account."""

import sys
from pathlib import Path
from typing import TextIO

import click

from review.could_not_run import CouldNotRun
from review.page import html as page_as_html
from review.page import of_stacks
from review.stacks import as_json, plan, terminal
from review.stacks.markdown import comment
from review.stacks.review import Review
from review.stacks.review import review as compare
from review.stacks.revisions import revisions
from review.stacks.stack import Stack
from review.stacks.synthesis import synthesize
from review.verbs.arguments import (
    FOLDER,
    FOUND,
    environments_option,
    html_option,
    json_option,
    markdown_option,
)


class UnknownEnvironmentError(CouldNotRun):
    """Neither revision has the environment; the message lists those that there are."""


@click.command()
@click.option("--base", default="main", show_default=True, help="What this will be merged into.")
@environments_option
@click.option(
    "--plan", "plans", type=FOLDER, help="Terraform's own plans in JSON, as DIR/<stack>.json."
)
@markdown_option
@json_option
@html_option
def review(
    base: str,
    names: tuple[str, ...],
    plans: Path | None,
    markdown: TextIO | None,
    json: TextIO | None,
    html: TextIO | None,
) -> None:
    """What the working tree's stacks change in AWS since they left BASE. Exit code 1: a danger."""
    found = _reviewed(base, names=names, plans=plans)
    if markdown:
        markdown.write(comment(found))
    if json:
        json.write(as_json.written(found))
    if html:
        html.write(page_as_html.written(of_stacks.page(found, repository=Path.cwd().name)))
    if not markdown and not json and not html:
        terminal.show(found)
    sys.exit(FOUND if found.dangers else 0)


def _reviewed(base: str, *, names: tuple[str, ...], plans: Path | None) -> Review:
    with revisions(Path.cwd(), base=base) as (before, after):
        old, new = synthesize(before, after, say=_say)
        _check(names, {**old, **new})
        planned = plan.read(plans, stacks=sorted({**old, **new})) if plans else {}
        return compare(old, new, base=before.name, head=after.name, names=names, plans=planned)


def _check(names: tuple[str, ...], stacks: dict[str, Stack]) -> None:
    there = sorted({stack.environment for stack in stacks.values()})
    for name in names:
        if name not in there:
            raise UnknownEnvironmentError(
                f"There is no environment {name}: there are {', '.join(there)}."
            )


def _say(words: str) -> None:
    click.secho(words, fg="cyan", err=True)
