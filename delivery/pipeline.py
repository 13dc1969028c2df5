"""What the deployment's workflow runs: `python -m delivery.pipeline plan|apply|converge ENV`.

`plan` and `apply` are two jobs with a person between them; `converge` asks nobody. With --cluster
they go for the stack that talks to the cluster, through the way in; without, for all others.
"""

import contextlib
import json
import os
import sys
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import TextIO

import click

from delivery.aws import AwsFailedError
from delivery.deploy import GITOPS, check_reachable
from delivery.plan_file import NotApprovedError, StalePlanError
from delivery.plan_summary import summary as summary_of
from delivery.round import NotConvergingError, Round, Rounds
from delivery.stack_folder import OUTPUT, synthesize
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from delivery.tunnel import UnreachableError, way_in
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError
from tools.stacks import in_order

CODE = 2  # of what could not run
REFUSALS = (
    *(AwsFailedError, NotApprovedError, NotConvergingError, SettingsError, StalePlanError),
    *(TerraformFailed, TerraformMissing, UnreachableError),
)


def stacks_for(environment: Environment, *, cluster: bool) -> dict[str, Sequence[str]]:
    """The stacks to go for, each after those it needs: the cluster's own one, or all others."""
    last = f"{environment.name}-{GITOPS}"
    manifest = json.loads((OUTPUT / "manifest.json").read_text())["stacks"]
    return {
        name: manifest[name]["dependencies"]
        for name in in_order(manifest, environment.name)
        if (name == last) == cluster
    }


@contextlib.contextmanager
def rounds(
    environment: Environment, *, cluster: bool, kept: Path, commit: str
) -> Generator[Rounds]:
    """Rounds of the environment's stacks, with a way to its cluster where they need one."""
    kept.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as closing:
        variables = dict(os.environ)
        if cluster:
            variables |= closing.enter_context(way_in(environment)).variables
        yield Rounds(
            stacks=stacks_for(environment, cluster=cluster),
            terraform=Terraform(environment=variables),
            output=OUTPUT,
            kept=kept,
            commit=commit,
            say=click.echo,
        )


@contextlib.contextmanager
def refusals() -> Generator[None]:
    """End in the error's own words, which say what to do."""
    try:
        yield
    except REFUSALS as error:
        click.echo(str(error), err=True)
        sys.exit(CODE)


def outputs(made: Round) -> str:
    """What the next job must know, as GitHub reads a step's outputs."""
    said = {
        "changes": "true" if made.changing else "false",
        "left": "true" if made.waiting else "false",
        "seal": made.seal,
    }
    return "".join(f"{name}={value}\n" for name, value in said.items())


environment_argument = click.argument("name", metavar="ENVIRONMENT")
commit_option = click.option("--commit", required=True, help="What is checked out: its full SHA.")
cluster_option = click.option("--cluster", is_flag=True, help="The stack inside the cluster.")


@click.group()
def main() -> None:
    """Plan, have approved, and apply exactly that."""


@main.command()
@environment_argument
@commit_option
@cluster_option
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--summary", type=click.File("a"), help="Append what an approver reads.")
@click.option("--outputs", "told", type=click.File("a"), help="Append what the next job needs.")
def plan(
    name: str, commit: str, cluster: bool, into: Path, summary: TextIO | None, told: TextIO | None
) -> None:
    """Plan every stack of ENVIRONMENT whose plan is final now."""
    with refusals():
        environment = PLATFORM.environment(name)
        synthesize()
        with rounds(environment, cluster=cluster, kept=into, commit=commit) as made_by:
            made = made_by.plan()
            if summary:
                summary.write(summary_of(made, rounds=made_by))
        if told:
            told.write(outputs(made))


@main.command()
@environment_argument
@commit_option
@cluster_option
@click.option(
    "--from", "kept", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--seal", required=True, help="As `plan` told it when it was approved.")
def apply(name: str, commit: str, cluster: bool, kept: Path, seal: str) -> None:
    """Apply the plans that were approved, and nothing else."""
    with refusals():
        environment = PLATFORM.environment(name)
        approved = Round.read(kept, seal=seal, commit=commit)
        synthesize()
        with rounds(environment, cluster=cluster, kept=kept, commit=commit) as of:
            of.apply(approved)


@main.command()
@environment_argument
@commit_option
@click.option("--into", required=True, type=click.Path(file_okay=False, path_type=Path))
def converge(name: str, commit: str, into: Path) -> None:
    """Apply all of ENVIRONMENT without asking. Refused where a person must approve."""
    with refusals():
        environment = PLATFORM.environment(name)
        if environment.production:
            raise NotApprovedError(
                f"{name} is production: a person approves its plans. Use `plan` and `apply`."
            )
        synthesize()
        check_reachable(environment)
        for cluster in (False, True):
            with rounds(environment, cluster=cluster, kept=into, commit=commit) as of:
                of.converge()


if __name__ == "__main__":
    main()
