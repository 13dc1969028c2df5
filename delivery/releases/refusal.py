"""A change that must not be: exit code 1, and nothing was written."""

from typing import IO, Any

import click


class Refused(click.ClickException):
    """The message names what is wrong and says the mend."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        click.secho(self.message, fg="red", err=True)
