"""Applying an environment: first what AWS is asked for, then, through the way in, Argo CD.

A deploy that could not end is refused before it begins: the cluster takes a quarter of an hour, and
only then would it turn out that nothing leads to its private API.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

import click

from delivery.aws import AwsFailedError
from delivery.kubernetes_api import api_of
from delivery.stack_folder import OUTPUT, synthesize
from delivery.state_lock import RUNBOOK
from delivery.tunnel import UnreachableError, check_tools, way_in
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError
from tools.stacks import stacks_of

# The stack that talks to the cluster; all others talk to AWS.
GITOPS = "gitops"


def check_reachable(environment: Environment) -> None:
    """Open the way in, and close it again. Raises: UnreachableError, AwsFailedError."""
    if api_of(environment) is None:
        check_tools(environment)  # it will be needed once the cluster stands
        return
    with way_in(environment) as way:
        click.echo(f"» the Kubernetes API of {environment.cluster_name} answers at {way.server}")


def deploy(environment: Environment, *, cdktf: Sequence[str]) -> int:
    """Apply all stacks, asking before each. Returns the exit code of the first that fails, or 0."""
    check_reachable(environment)
    names = stacks_of(environment.name, manifest=OUTPUT / "manifest.json")
    last = f"{environment.name}-{GITOPS}"
    failed = _apply([name for name in names if name != last], cdktf=cdktf)
    if failed:
        return failed
    with way_in(environment) as way:
        return _apply([last], cdktf=cdktf, variables=way.variables)


def _apply(
    names: Sequence[str], *, cdktf: Sequence[str], variables: Mapping[str, str] | None = None
) -> int:
    command = [*cdktf, "deploy", "--skip-synth", *names]
    return subprocess.run(command, env={**os.environ, **(variables or {})}, check=False).returncode


@click.command()
@click.argument("environment")
@click.argument("cdktf", nargs=-1, required=True)
def main(environment: str, cdktf: tuple[str, ...]) -> None:
    """Apply ENVIRONMENT by the command CDKTF."""
    try:
        chosen = PLATFORM.environment(environment)
        synthesize()
        code = deploy(chosen, cdktf=cdktf)
        if code:
            # CDKTF has a screen of its own, so what Terraform said stands above as it said it.
            click.echo(
                "Run it again when that is mended: it goes on where it stopped. "
                f"Where a state is locked, {RUNBOOK} says what to do.",
                err=True,
            )
        sys.exit(code)
    except SettingsError as error:
        sys.exit(str(error))
    except (UnreachableError, AwsFailedError) as error:
        sys.exit(f"{error}\nRun it again when that is mended: it goes on where it stopped.")


if __name__ == "__main__":
    main()
