"""The role that a workflow takes in AWS: `python -m delivery.github_role ENVIRONMENT plan|apply`.

Written as a step's outputs, so that account, region and role stand in the settings alone.
"""

import sys
from typing import Literal

import click

from stacks.environments import PLATFORM
from stacks.naming import name, role_arn
from stacks.settings import Environment, SettingsError


def github_role(environment: Environment, verb: Literal["plan", "apply"]) -> str:
    """The ARN of the role by which GitHub's workflows plan or apply an environment."""
    return role_arn(environment.account.id, name(environment.name, verb))


@click.command()
@click.argument("environment")
@click.argument("verb", type=click.Choice(["plan", "apply"]))
def main(environment: str, verb: Literal["plan", "apply"]) -> None:
    """Say which role the workflows take to VERB in ENVIRONMENT, and in which region."""
    try:
        chosen = PLATFORM.environment(environment)
    except SettingsError as error:
        sys.exit(str(error))
    click.echo(f"role={github_role(chosen, verb)}\nregion={chosen.region}")


if __name__ == "__main__":
    main()
