"""Drift: what stands in AWS and is no longer what git says. Looked at every night.

The stack inside the cluster is left out: the role that looks has no way in, and Argo CD itself says
what differs there.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

import click

from delivery.pipeline import refusals, rounds
from delivery.plan_file import changes_in, is_applyable
from delivery.plan_summary import fenced
from delivery.round import Rounds
from delivery.stack_folder import synthesize
from stacks.environments import PLATFORM

# GitHub takes 65,536 letters for an issue.
LONGEST_STACK = 5_000

FOUND = 1


def drift(of: Rounds) -> dict[str, list[str]]:
    """Stack → what a plan would change now, for those that differ. Raises: TerraformFailed.

    Each stack alone: nothing waits, because all were applied before.
    """
    found = {}
    for name in of.stacks:
        plan = of.plan_file(name)
        plan.make()
        content = plan.content()
        if is_applyable(content):
            found[name] = changes_in(content) or ["update what the state remembers"]
        of.say(f"» {name}: {'differs' if name in found else 'as git says'}")
    return found


def report(environment: str, found: Mapping[str, Sequence[str]], *, commit: str) -> str:
    """The drift as an issue's text. No values: an issue has more readers than a state."""
    parts = [f"What stands in {environment} is not what commit {commit[:12]} says.", ""]
    for stack, changes in found.items():
        parts += [f"### {stack}", "", *fenced("\n".join(changes), longest=LONGEST_STACK), ""]
    parts += [
        f"`make plan ENV={environment}` shows the values. Either bring git to what stands there, "
        "or deploy again. This issue closes itself when nothing differs any more.",
        "",
    ]
    return "\n".join(parts)


@click.command()
@click.argument("name", metavar="ENVIRONMENT")
@click.option("--commit", required=True, help="What is checked out: its full SHA.")
@click.option("--markdown", type=click.File("w"), help="Write the issue's text.")
def main(name: str, commit: str, markdown: TextIO | None) -> None:
    """Say how ENVIRONMENT differs from git. Ends with 1 where it does."""
    with refusals(), tempfile.TemporaryDirectory(prefix="drift-") as folder:
        environment = PLATFORM.environment(name)
        synthesize()
        with rounds(environment, cluster=False, kept=Path(folder), commit=commit) as of:
            found = drift(of)
    if not found:
        return
    text = report(name, found, commit=commit)
    click.echo(text)
    if markdown:
        markdown.write(text)
    sys.exit(FOUND)


if __name__ == "__main__":
    main()
