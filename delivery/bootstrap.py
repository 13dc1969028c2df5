"""The first time in an account: its state bucket, its roles, its environments' DNS zones.

Every step looks first at what stands, so that a run that stopped is simply run again:

1. The account's stack, while its state bucket does not exist: applied with local state.
2. That state is moved into the bucket, which it just made, and the local file is removed.
3. For each environment whose zone is made here: the zone alone, then its delegation is waited for.
"""

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import dns.resolver

from delivery.delegation import NotDelegatedError, wait_for_delegation
from delivery.stack_folder import ROOT, StackFolder, synthesize
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from stacks.environments import PLATFORM
from stacks.settings import Account, Environment, SettingsError

# Holds the account's state between its making and its move. Never cleaned by make.
LOCAL_STATE = ROOT / ".bootstrap"

ZONE = "aws_route53_zone.zone"


def bootstrap(
    account: Account, *, terraform: Terraform, resolver: dns.resolver.Resolver, ask: bool
) -> None:
    """Bring `account` to where `make deploy` works. Raises: TerraformFailed, NotDelegatedError."""
    ground = StackFolder.of(f"account-{account.name}", terraform=terraform)
    local = LOCAL_STATE / ground.path.name
    if account.state_bucket is None:
        ground.init()
        ground.apply(ask=ask)
    elif local.exists() or not _bucket_exists(ground):
        _apply_locally(ground, local, ask=ask)
        _move_state(ground, local)
    else:
        ground.apply(ask=ask)
    for environment in PLATFORM.environments_in(account):
        if environment.domain.zone_is == "made":
            _make_zone(environment, terraform=terraform, resolver=resolver, ask=ask)


def _bucket_exists(ground: StackFolder) -> bool:
    try:
        ground.init("-reconfigure")
    except TerraformFailed as failure:
        if "NoSuchBucket" in failure.output or "bucket does not exist" in failure.output:
            click.echo(f"» {ground.path.name}: no state bucket yet, beginning with local state")
            return False
        raise
    return True


def _apply_locally(ground: StackFolder, local: Path, *, ask: bool) -> None:
    """Apply the stack with its state on this disk. The folder stays until the state has moved."""
    local.mkdir(parents=True, exist_ok=True)
    stack = json.loads((ground.path / "cdk.tf.json").read_text())
    del stack["terraform"]["backend"]
    (local / "cdk.tf.json").write_text(json.dumps(stack))
    here = StackFolder(terraform=ground.terraform, path=local)
    here.init()
    here.apply(ask=ask)


def _move_state(ground: StackFolder, local: Path) -> None:
    """Move the local state into the bucket, and only then forget it here."""
    click.echo(f"» {ground.path.name}: moving its state into the bucket")
    shutil.copy(ground.path / "cdk.tf.json", local / "cdk.tf.json")
    moving = StackFolder(terraform=ground.terraform, path=local)
    moving.init("-migrate-state", "-force-copy")
    if not moving.resources():
        raise TerraformFailed(
            command="terraform init -migrate-state",
            folder=local,
            reason="left nothing in the bucket; the local state is still there",
            output="",
        )
    shutil.rmtree(local)
    ground.init("-reconfigure")


def _make_zone(
    environment: Environment, *, terraform: Terraform, resolver: dns.resolver.Resolver, ask: bool
) -> None:
    """The zone alone: the rest of its stack waits for a certificate, and that for the zone."""
    edge = StackFolder.of(f"{environment.name}-edge", terraform=terraform)
    edge.init()
    if ZONE not in edge.resources():
        edge.apply(f"-target={ZONE}", ask=ask)
    name_servers: Sequence[str] = edge.resources()[ZONE]["name_servers"]
    wait_for_delegation(environment.domain.zone, name_servers, resolver=resolver, say=click.echo)


@click.command()
@click.argument("account")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def main(account: str, yes: bool) -> None:
    """Prepare ACCOUNT, with its administrator's credentials in the environment."""
    try:
        chosen = PLATFORM.account(account)
        synthesize()
        bootstrap(chosen, terraform=Terraform(), resolver=dns.resolver.Resolver(), ask=not yes)
    except (SettingsError, TerraformFailed, TerraformMissing, NotDelegatedError) as error:
        sys.exit(f"{error}\nRun it again when that is mended: it goes on where it stopped.")
    click.echo(f"{chosen.name} is ready. Next: make deploy ENV=<environment>")


if __name__ == "__main__":
    main()
