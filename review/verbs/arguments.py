"""What the verbs are given, and how they end.

Exit codes: 0 nothing of note, 1 something that must not be merged, 2 could not run.
"""

from pathlib import Path

import click

FOUND = 1
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

repository_argument = click.argument("repository", type=FOLDER)
charts_option = click.option(
    "--charts", type=FOLDER, help="Third-party charts: NAME/, NAME/VERSION/, NAME-VERSION.tgz."
)
environments_option = click.option(
    "--env", "names", multiple=True, help="Only this one; may be given again."
)
markdown_option = click.option(
    "--markdown",
    type=click.File("w", lazy=True),
    help="Write it to this file, for a pull request's comment; - is standard output.",
)
