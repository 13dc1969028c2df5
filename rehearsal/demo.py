"""`make demo`: the whole main job on this machine, without an account, before the eyes of a person.

What it makes is in `.demo`: the GitOps repository, the manifests of each environment, and a page.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click

from review.difference import compare
from review.page import html, of_applications, of_stacks
from review.page.content import together
from review.stacks.review import review
from review.stacks.stack import read

ROOT = Path(__file__).parent.parent
DEMO = ROOT / ".demo"
REPOSITORY = DEMO / "gitops"
PAGE = DEMO / "index.html"
ENVIRONMENTS = ("dev", "staging", "prod")
# Nobody's name and mail address are needed to commit here, and nobody's hooks are run.
GIT = (
    *("git", "-c", "user.name=demo", "-c", "user.email=demo@localhost"),
    *("-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"),
)
COMMIT = ("commit", "--quiet", "--message")


def steps() -> list[tuple[str, list[Sequence[str]]]]:
    """What is told, and the commands that do it."""
    python, tribe = sys.executable, (sys.executable, "-m", "tribe")
    return [
        ("Every stack of every environment, synthesized", [(python, "main.py")]),
        ("dev, applied to an AWS emulator on this machine", [(python, "-m", "rehearsal")]),
        (
            "The GitOps repository, with a service of each class",
            [
                (*tribe, "scaffold", str(REPOSITORY), "--examples"),
                (*GIT, "-C", str(REPOSITORY), "init", "--quiet", "--initial-branch=main"),
                (*GIT, "-C", str(REPOSITORY), "add", "."),
                (*GIT, "-C", str(REPOSITORY), *COMMIT, "Scaffolded"),
            ],
        ),
        (
            "Rendered as Argo CD would, and checked",
            [
                *(
                    (*tribe, "render", str(REPOSITORY), "--env", env, "-o", str(DEMO / env))
                    for env in ENVIRONMENTS
                ),
                (*tribe, "check", str(REPOSITORY), "--env", "dev", "--env", "staging"),
            ],
        ),
    ]


def draw() -> None:
    """One page: every stack as it stands, and every application as it comes for the first time."""
    stacks = read(ROOT / "cdktf.out")
    standing = of_stacks.page(review(stacks, stacks, base="", head=""), repository="the platform")
    with tempfile.TemporaryDirectory() as nothing:
        coming = of_applications.page(
            compare(Path(nothing), REPOSITORY),
            repository=REPOSITORY.name,
            base="nothing",
            head="the first commit",
        )
    page = together(standing, coming, title="All that there is")
    PAGE.write_text(html.written(page), encoding="utf-8")


@click.command()
def main() -> None:
    """The whole main job on this machine, without an account."""
    begun = time.monotonic()
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    for title, commands in steps():
        click.secho(f"\n» {title}", bold=True)
        for command in commands:
            ended = subprocess.run(command, cwd=ROOT, env=os.environ, check=False)
            if ended.returncode:
                told = " ".join(command)
                sys.exit(f"\nThe demo stops here: `{told}` ended with {ended.returncode}.")
    click.secho("\n» All of it, drawn", bold=True)
    draw()
    click.secho(f"\nDone, in {time.monotonic() - begun:.0f} s. To look at:", bold=True)
    click.echo(f"  {PAGE.relative_to(ROOT)}   the page: open it in a browser")
    click.echo(f"  {REPOSITORY.relative_to(ROOT)}       the repository that Argo CD would watch")
    click.echo(f"  {DEMO.relative_to(ROOT)}/<env>        what it would apply in each cluster")
    click.secho("\nNext, to type:", bold=True)
    click.echo("  make service NAME=orders CLASS=api TEAM=shop INTO=.demo/gitops")
    click.echo("  make render ENV=dev REPO=.demo/gitops")
    click.echo("  make review         what your change of the stacks does to AWS")
    click.echo("With an account: docs/first-deployment.md")


if __name__ == "__main__":
    main()
