"""Taking an environment down, in the order that works.

1. Argo CD goes first: it would make again what is deleted below.
2. Ingresses and Services of type LoadBalancer go while their controller still runs, and their
   load balancers are waited for: each has interfaces in the VPC, which could not be deleted.
3. Volume claims go while the EBS driver still runs: else their disks stay, and cost.
4. The stacks go, each after those that stand on it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import click

from delivery.load_balancers import (
    AwsFailedError,
    LoadBalancersRemainError,
    aws,
    load_balancers_of,
    wait_until_gone,
)
from delivery.stack_folder import OUTPUT, StackFolder, synthesize
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError

KUBECTL_LIMIT = 600  # seconds

# Whatever Argo CD is made of stands in this stack, and nothing else does.
GITOPS = "gitops"


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
    graph = TopologicalSorter({name: entry["dependencies"] for name, entry in manifest.items()})
    own = [name for name in graph.static_order() if name.startswith(f"{environment}-")]
    own.reverse()
    return sorted(own, key=lambda name: not name.endswith(f"-{GITOPS}"))


def drain(environment: Environment) -> None:
    """Delete what makes load balancers and disks, and wait for the load balancers to go.

    Raises: AwsFailedError, LoadBalancersRemainError, subprocess.CalledProcessError (kubectl's).
    """
    with tempfile.TemporaryDirectory() as folder:
        kubeconfig = str(Path(folder) / "kubeconfig")
        name = ("--name", environment.cluster_name, "--kubeconfig", kubeconfig)
        aws("eks", "update-kubeconfig", *name, region=environment.region)
        everywhere = (
            "--all-namespaces",
            "--wait=true",
            f"--timeout={KUBECTL_LIMIT}s",
            "--ignore-not-found",
        )
        click.echo("» deleting ingresses, load balancers and volume claims")
        _kubectl(kubeconfig, "delete", "ingress", "--all", *everywhere)
        _kubectl(
            kubeconfig, "delete", "service", "--field-selector=spec.type=LoadBalancer", *everywhere
        )
        _kubectl(kubeconfig, "delete", "persistentvolumeclaim", "--all", *everywhere)
    wait_until_gone(lambda: load_balancers_of(environment), say=click.echo)


def _kubectl(kubeconfig: str, *arguments: str) -> None:
    subprocess.run(
        ["kubectl", *arguments],
        env={**os.environ, "KUBECONFIG": kubeconfig},
        check=True,
        timeout=KUBECTL_LIMIT + 60,
    )


def _cluster_stands(environment: Environment) -> bool:
    try:
        aws(
            "eks", "describe-cluster", "--name", environment.cluster_name, region=environment.region
        )
    except AwsFailedError as error:
        if "ResourceNotFoundException" in str(error):
            return False
        raise
    return True


def teardown(environment: Environment, *, terraform: Terraform) -> None:
    """Destroy all stacks of `environment`. Run again, it goes on where it stopped."""
    manifest = json.loads((OUTPUT / "manifest.json").read_text())["stacks"]
    names = order(manifest, environment.name)
    for name in names:
        StackFolder.of(name, terraform=terraform).init()
    first = f"{environment.name}-{GITOPS}"
    if first in names:
        StackFolder.of(first, terraform=terraform).destroy()
        names.remove(first)
    if _cluster_stands(environment):
        drain(environment)
    for name in names:
        StackFolder.of(name, terraform=terraform).destroy()


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
        teardown(chosen, terraform=Terraform())
    except (SettingsError, RefusedError, TerraformMissing) as error:
        sys.exit(f"{error}\nNothing was destroyed.")
    except (
        TerraformFailed, AwsFailedError, LoadBalancersRemainError, subprocess.SubprocessError
    ) as error:  # fmt: skip
        sys.exit(f"{error}\nRun it again when that is mended: it goes on where it stopped.")
    click.echo(f"{chosen.name} is gone. Its keys are deleted in {chosen.key_deletion_days} days.")


if __name__ == "__main__":
    main()
