"""`tribe render`: the manifests of one environment."""

import sys
from pathlib import Path
from typing import Any

import click

from review import go_yaml, terminal
from review.render import Rendering
from review.render import render as render_environment
from review.verbs.arguments import FOUND, charts_option, repository_argument


@click.command()
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
