"""`python -m review`: render and check a GitOps repository.

Exit codes: 0 nothing of note, 1 something that must not be merged, 2 could not run.
"""

import sys
from pathlib import Path
from typing import Any

import click

from review import go_yaml, terminal
from review.check import check as check_repository
from review.difference import compare
from review.environment import UnknownEnvironment, environments
from review.helm.command import HelmMissing
from review.markdown import difference as difference_as_markdown
from review.render import Rendering
from review.render import render as render_environment
from review.repository import FileProblem, Repository
from review.revision import UnknownRevisionError, at_revision
from review.schemas.native import UnknownKubernetesVersion

FOUND = 1
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

repository_argument = click.argument("repository", type=FOLDER)
charts_option = click.option(
    "--charts", type=FOLDER, help="Third-party charts: NAME/, NAME/VERSION/, NAME-VERSION.tgz."
)


@click.group(help="See what a GitOps repository does to its clusters, without a cluster.")
def main() -> None:
    pass


@main.command()
@repository_argument
@click.option("--env", "environment", required=True, help="As in environments/<env>/.")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="A file each, in here."
)
@charts_option
def render(repository: Path, environment: str, output: Path | None, charts: Path | None) -> None:
    """The manifests as Argo CD would apply them, application by application."""
    rendering = render_environment(repository, environment, charts=charts)
    if output:
        output.mkdir(parents=True, exist_ok=True)
        for name, text in _texts(rendering):
            (output / f"{name}.yaml").write_text(text)
    else:
        for name, text in _texts(rendering):
            click.echo(f"# Application {name}\n{text}", nl=False)
    terminal.applications(rendering)
    terminal.unseen(rendering.not_rendered)
    terminal.problems(rendering.problems)
    sys.exit(FOUND if rendering.problems else 0)


@main.command()
@repository_argument
@click.option("--env", "names", multiple=True, help="Only this one; may be given again.")
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


@main.command()
@repository_argument
@click.option("--base", default="main", show_default=True, help="The revision to compare with.")
@click.option("--env", "names", multiple=True, help="Only this one; may be given again.")
@click.option("--markdown", is_flag=True, help="For a pull request's comment.")
@charts_option
def diff(
    repository: Path, base: str, names: tuple[str, ...], markdown: bool, charts: Path | None
) -> None:
    """What changes in each cluster since BASE, object by object."""
    with at_revision(repository, base) as before:
        changes, faults = compare(before, repository, names=names, charts=charts)
    if markdown:
        click.echo(difference_as_markdown(changes), nl=False)
    else:
        terminal.differences(changes)
    terminal.problems(faults)
    sys.exit(FOUND if faults else 0)


def _texts(rendering: Rendering) -> list[tuple[str, str]]:
    return [
        (
            application.name,
            "".join(f"---\n{_written(each.content)}" for each in application.documents),
        )
        for application in rendering.applications
    ]


def _written(content: dict[str, Any]) -> str:
    """The document with what tells what it is at its top."""
    head = {key: content[key] for key in ("apiVersion", "kind", "metadata")}
    return go_yaml.write({**head, **content})


def run(command: click.Command = main) -> None:
    """Run `command`, and say in one line what kept it from running."""
    try:
        command()
    except FileProblem as broken:
        click.secho(str(broken.problem), fg="red", err=True)
        sys.exit(2)
    except (
        UnknownEnvironment,
        UnknownRevisionError,
        UnknownKubernetesVersion,
        HelmMissing,
    ) as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(2)


if __name__ == "__main__":
    run()
