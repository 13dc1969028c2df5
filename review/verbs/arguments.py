"""What the verbs are given, and how they end.

Exit codes: 0 nothing of note, 1 something that must not be merged, 2 could not run.
"""

from os import W_OK, PathLike, access
from pathlib import Path
from typing import Any

import click

FOUND = 1
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class Output(click.File):
    """A file that is written at the end, in UTF-8; refused at once where it cannot be.

    Click itself would end with exit code 1 then, which says that something was found.
    """

    def __init__(self) -> None:
        super().__init__("w", encoding="utf-8", lazy=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str | PathLike) and str(value) != "-":
            path = Path(value)
            if path.is_dir():
                self.fail(f"{path} is a folder: name a file.", param, ctx)
            if not access(path if path.exists() else path.absolute().parent, W_OK):
                self.fail(f"{path} cannot be written: is its folder there?", param, ctx)
        return super().convert(value, param, ctx)


repository_argument = click.argument("repository", type=FOLDER)
charts_option = click.option(
    "--charts", type=FOLDER, help="Third-party charts: NAME/, NAME/VERSION/, NAME-VERSION.tgz."
)
environments_option = click.option(
    "--env", "names", multiple=True, help="Only this one; may be given again."
)
markdown_option = click.option(
    "--markdown",
    type=Output(),
    help="Write it to this file, for a pull request's comment; - is standard output.",
)
json_option = click.option(
    "--json",
    type=Output(),
    help="Write it to this file, for tools; - is standard output.",
)
html_option = click.option(
    "--html",
    type=Output(),
    help="Write one page with a picture to this file, for a browser; - is standard output.",
)
