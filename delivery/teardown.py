"""Taking an environment down, in the order that works.

1. Argo CD goes first: it would make again what is deleted below.
2. The services' namespaces go, while the controllers of ingresses and volumes still run: else load
   balancers stay, whose interfaces hold the VPC, and disks, which cost.
3. Load balancers are waited for: they take longer than what asked for them.
4. The stacks go, each after those that stand on it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

import click

from delivery.aws import AwsFailedError
from delivery.deploy import GITOPS
from delivery.kubernetes_api import api_of
from delivery.load_balancers import LoadBalancersRemainError, load_balancers_of, wait_until_gone
from delivery.stack_folder import OUTPUT, StackFolder, synthesize
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from delivery.tunnel import UnreachableError, WayIn, way_in
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError
from tools.stacks import in_order

KUBECTL_LIMIT = 600  # seconds

# Here run the controllers that clean up after what is deleted in the others.
KEPT_NAMESPACES = {"default", "kube-node-lease", "kube-public", "kube-system", "tribe-system"}


class RefusedError(Exception):
    """Not to be destroyed like this; the message says what stands against it."""


def refuse_production(environment: Environment) -> None:
    """Raises: RefusedError for prod, with what would have to be true first."""
    if environment.production:
        raise RefusedError(
            f"{environment.name} is production, which this does not destroy. "
            "It would have to be true that\n"
            f"  - production=False stands in stacks/environments/{environment.name}.py, reviewed,\n"
            "  - cluster.deletion_protection=False stands there too, and both were deployed,\n"
            "  - its logs, secrets and volumes were copied to where they are needed.\n"
            "Then prevent_destroy is off, and this command works as in any other environment."
        )


def order(manifest: Mapping[str, Mapping[str, Sequence[str]]], environment: str) -> list[str]:
    """The environment's stacks as they go: Argo CD's, then each before those it needs.

    manifest: CDKTF's, stack name → its entry.
    """
    own = in_order(manifest, environment)
    own.reverse()
    return sorted(own, key=lambda name: not name.endswith(f"-{GITOPS}"))


def drain(environment: Environment, way: WayIn) -> None:
    """Delete all that makes load balancers and disks, and wait for the load balancers to go.

    Raises: AwsFailedError, LoadBalancersRemainError, subprocess.SubprocessError (kubectl's).
    """
    found = _kubectl(way, "get", "namespaces", "--output=name").split()
    leaving = [name for name in found if name.removeprefix("namespace/") not in KEPT_NAMESPACES]
    if leaving:
        click.echo(f"» deleting {', '.join(leaving)}")
        _kubectl(way, "delete", *leaving, f"--timeout={KUBECTL_LIMIT}s")
    wait_until_gone(lambda: load_balancers_of(environment), say=click.echo)


def _kubectl(way: WayIn, *arguments: str) -> str:
    return subprocess.run(
        ["kubectl", *arguments],
        env={**os.environ, **way.variables},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=KUBECTL_LIMIT + 60,
    ).stdout


def teardown(environment: Environment) -> None:
    """Destroy all stacks of `environment`. Run again, it goes on where it stopped."""
    manifest = json.loads((OUTPUT / "manifest.json").read_text())["stacks"]
    first, *rest = order(manifest, environment.name)
    # Where no cluster stands any more, neither does what was in it.
    if api_of(environment) is not None:
        with way_in(environment) as way:
            _destroy(first, terraform=Terraform(environment={**os.environ, **way.variables}))
            drain(environment, way)
    for name in rest:
        _destroy(name, terraform=Terraform())


def _destroy(name: str, *, terraform: Terraform) -> None:
    stack = StackFolder.of(name, terraform=terraform)
    stack.init()
    stack.destroy()


@click.command()
@click.argument("environment")
def main(environment: str) -> None:
    """Destroy ENVIRONMENT and all that is in it."""
    try:
        chosen = PLATFORM.environment(environment)
        refuse_production(chosen)
        synthesize()
        typed = click.prompt(
            f"This destroys {chosen.cluster_name} and all its data. Type {chosen.name} to go on"
        )
        if typed != chosen.name:
            sys.exit("That is not its name. Nothing was destroyed.")
        teardown(chosen)
    except (SettingsError, RefusedError, TerraformMissing) as error:
        sys.exit(f"{error}\nNothing was destroyed.")
    except (
        TerraformFailed,
        AwsFailedError,
        LoadBalancersRemainError,
        UnreachableError,
        subprocess.SubprocessError,
    ) as error:
        sys.exit(f"{error}\nRun it again when that is mended: it goes on where it stopped.")
    click.echo(f"{chosen.name} is gone. Its keys are deleted in {chosen.key_deletion_days} days.")


if __name__ == "__main__":
    main()
