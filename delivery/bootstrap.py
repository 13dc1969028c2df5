"""The first time in an account: its state bucket, its roles, its environments' DNS zones.

Every step looks first at what stands, so that a run that stopped is simply run again:

1. The account's stack, while its state bucket does not exist: applied with local state.
2. That state is moved into the bucket, which it just made, and the local file is removed.
3. For each environment whose zone is made here: the zone alone, then its delegation is waited for.
"""

import json
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import dns.resolver

from delivery.delegation import INTERVAL_SECONDS, NotDelegatedError, wait_for_delegation
from delivery.stack_folder import CONFIGURATION, OUTPUT, ROOT, StackFolder, synthesize
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from stacks.environments import PLATFORM
from stacks.settings import Account, Environment, SettingsError

# Where an account's state stands between its making and its move. `make clean` leaves it alone.
LOCAL_STATES = ROOT / ".bootstrap"

ZONE = "aws_route53_zone.zone"

# What Terraform 1.10 and later say of an S3 backend without its bucket.
NO_BUCKET = ("NoSuchBucket", "bucket does not exist")


@dataclass(frozen=True, kw_only=True)
class Bootstrap:
    """Brings accounts to where `make deploy` works.

    output: the synthesized stacks. local_states: for states that have no bucket yet.
    ask: whether a person says yes before each change.
    interval: seconds between two looks for a zone's delegation.
    """

    terraform: Terraform
    resolver: dns.resolver.Resolver
    output: Path = OUTPUT
    local_states: Path = LOCAL_STATES
    ask: bool = True
    say: Callable[[str], None] = click.echo
    interval: float = INTERVAL_SECONDS

    def account(self, account: Account, *, environments: Sequence[Environment]) -> None:
        """The account's stack, and its environments' zones.

        Raises: TerraformFailed, NotDelegatedError, click.Abort where a person says no.
        """
        self._ground(account)
        for environment in environments:
            if environment.domain.zone_is == "made":
                self._zone(environment)

    def _ground(self, account: Account) -> None:
        ground = self._stack(f"account-{account.name}")
        local = StackFolder(terraform=self.terraform, path=self.local_states / ground.path.name)
        if account.state_bucket is None:
            ground.init()
            ground.apply(ask=self.ask)
        elif local.path.exists() or not _bucket_exists(ground):
            _apply_locally(ground, local, ask=self.ask)
            _move_state(ground, local)
        else:
            ground.apply(ask=self.ask)

    def _zone(self, environment: Environment) -> None:
        """The zone alone: the rest of its stack waits for a certificate, and that for the zone."""
        edge = self._stack(f"{environment.name}-edge")
        edge.init()
        if ZONE not in edge.resources():
            edge.apply(f"-target={ZONE}", ask=self.ask)
        name_servers: Sequence[str] = edge.resources()[ZONE]["name_servers"]
        wait_for_delegation(
            environment.domain.zone,
            name_servers,
            resolver=self.resolver,
            say=self.say,
            interval=self.interval,
        )

    def _stack(self, name: str) -> StackFolder:
        return StackFolder.of(name, terraform=self.terraform, output=self.output)


def _bucket_exists(ground: StackFolder) -> bool:
    try:
        ground.init("-reconfigure")
    except TerraformFailed as failure:
        if any(words in failure.output for words in NO_BUCKET):
            click.echo(f"» {ground.path.name}: no state bucket yet, beginning with local state")
            return False
        raise
    return True


def _apply_locally(ground: StackFolder, local: StackFolder, *, ask: bool) -> None:
    """Apply the stack with its state on this disk. The folder stays until the state has moved."""
    local.path.mkdir(parents=True, exist_ok=True)
    stack = json.loads((ground.path / CONFIGURATION).read_text())
    del stack["terraform"]["backend"]
    (local.path / CONFIGURATION).write_text(json.dumps(stack))
    local.init()
    local.apply(ask=ask)


def _move_state(ground: StackFolder, local: StackFolder) -> None:
    """Move the local state into the bucket, and only then forget it here."""
    click.echo(f"» {ground.path.name}: moving its state into the bucket")
    shutil.copy(ground.path / CONFIGURATION, local.path / CONFIGURATION)
    local.init("-migrate-state", "-force-copy")
    if not local.resources():
        raise TerraformFailed(
            command="terraform init -migrate-state",
            folder=local.path,
            reason="left nothing in the bucket; the local state is still there",
            output="",
        )
    shutil.rmtree(local.path)


@click.command()
@click.argument("account")
@click.option("--yes", is_flag=True, help="Apply without asking.")
def main(account: str, yes: bool) -> None:
    """Prepare ACCOUNT, with its administrator's credentials in the environment."""
    try:
        chosen = PLATFORM.account(account)
        synthesize()
        steps = Bootstrap(terraform=Terraform(), resolver=dns.resolver.Resolver(), ask=not yes)
        steps.account(chosen, environments=PLATFORM.environments_in(chosen))
    except (SettingsError, TerraformFailed, TerraformMissing, NotDelegatedError) as error:
        sys.exit(f"{error}\nRun it again when that is mended: it goes on where it stopped.")
    click.echo(f"{chosen.name} is ready. Next: make deploy ENV=<environment>")


if __name__ == "__main__":
    main()
