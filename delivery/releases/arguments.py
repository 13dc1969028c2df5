"""What the verbs are given alike."""

from pathlib import Path

import click

service_argument = click.argument("service")
into_option = click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The GitOps repository; this folder if not said.",
)
pull_request_option = click.option(
    "--pull-request",
    is_flag=True,
    help="Push the branch and open its pull request, with gh; without it the branch stays here.",
)
