"""`tribe VERB`: each verb is imported when it is used, so that none pays for another's libraries.

`facts`, `review`, `scaffold`, `service` and `update` need a checkout of the platform's repository;
the others need nothing but the installed package.
"""

import importlib
import sys
from importlib.util import find_spec

import click

from review.could_not_run import CouldNotRun

VERBS = {
    "check": "review.verbs.check:check",
    "diff": "review.verbs.diff:diff",
    "facts": "delivery.facts:main",
    "promote": "delivery.releases.promote:main",
    "release": "delivery.releases.release:main",
    "render": "review.verbs.render:render",
    "retire": "delivery.releases.retire:main",
    "review": "review.verbs.review:review",
    "rollback": "delivery.releases.rollback:main",
    "scaffold": "delivery.scaffold:main",
    "service": "delivery.service:main",
    "update": "delivery.update:main",
}


class Verbs(click.Group):
    """The verbs, none of them imported yet; listed are those that can run here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(verb for verb in VERBS if _is_here(VERBS[verb].partition(":")[0]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        try:
            return getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as missing:
            raise click.UsageError(
                f"`tribe {cmd_name}` runs in a checkout of the platform's repository, by make: "
                f"{missing.name} is not installed here."
            ) from None


def _is_here(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@click.command(cls=Verbs)
def tribe() -> None:
    """The Tribe platform: what a change does, and what a service needs."""


def main() -> None:
    """Run the verb, and say in one line what kept it from running."""
    try:
        tribe()
    except CouldNotRun as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
