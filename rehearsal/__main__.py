"""`make try`: an environment applied on this machine, before the eyes of a person."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from delivery.terraform import TerraformFailed, TerraformMissing, find_terraform
from rehearsal.copies import Copies
from rehearsal.emulator import Emulator
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.rehearsal import Done, Rehearsal
from rehearsal.rewriting import SECRET_KEY, CannotRewrite
from rehearsal.server import ServerFailed
from rehearsal.stack import appearing, read_stacks
from rehearsal.standing import questions, standing
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError

ROOT = Path(__file__).parent.parent
SYNTHESIS_SECONDS = 180

NAMES = 3
"""How many names a line of the last table shows, and how many letters of each."""
LETTERS = 26


@click.command()
@click.argument("environment", default="dev")
@click.option("--keep", is_flag=True, help="Let it stand, to look around, until Ctrl-C.")
def main(environment: str, keep: bool) -> None:
    """Apply ENVIRONMENT (dev, if none is named) to AWS emulators on this machine."""
    signal.signal(signal.SIGINT, _interrupt_once)
    signal.signal(signal.SIGTERM, _interrupt_once)
    try:
        chosen = PLATFORM.environment(environment)
        with tempfile.TemporaryDirectory(prefix="tribe-rehearsal-") as folder:
            _rehearse(chosen, folder=Path(folder), keep=keep)
    except KeyboardInterrupt:
        sys.exit("\nStopped. The emulators are gone, and so is all that was made.")
    except (
        CannotRewrite,
        ProviderMissing,
        ServerFailed,
        SettingsError,
        TerraformFailed,
        TerraformMissing,
        subprocess.SubprocessError,
    ) as error:
        sys.exit(f"\n{error}")


def _rehearse(environment: Environment, *, folder: Path, keep: bool) -> None:
    begun = time.monotonic()
    find_terraform()
    click.echo(f"» Writing the stacks of {environment.name}")
    stacks = appearing(
        read_stacks(_synthesize(folder / "synthesized")),
        environment=environment.name,
        accounts={environment.account.name, PLATFORM.registry.name},
    )
    click.echo("» Looking for Terraform's AWS provider")
    provider = install_provider(pinned=stacks[0].pinned_version, folder=folder / "provider")
    click.echo(f"» {_told(provider)}")
    with Emulator(region=environment.region, account=environment.account.id) as emulator:
        click.echo(f"» AWS is emulated at {emulator.ministack.url}. Applying {len(stacks)} stacks:")
        click.echo("  most of the next two minutes is waiting that the provider prescribes")
        copies = Copies(
            folder=folder / "stacks",
            provider=provider,
            schema=provider.schema(),
            moto_url=emulator.moto.url,
        )
        rehearsal = Rehearsal(stacks, copies=copies, emulator=emulator)
        rehearsal.apply(on_done=_show)
        resources = sum(rehearsal.standing(stack.name).total() for stack in stacks)
        click.echo(f"\n{resources} resources stand. The emulators tell of:\n")
        _show_standing(environment, emulator=emulator)
        click.echo(
            f"\n{environment.name} stood after {time.monotonic() - begun:.0f} s. Nothing left this "
            "machine: every call went to the emulators on its loopback address."
        )
        if keep:
            _keep(environment, emulator=emulator, folder=copies.folder)
    click.echo("The emulators are stopped, and nothing is left behind.")


def _synthesize(folder: Path) -> Path:
    subprocess.run(
        (sys.executable, "main.py"),
        cwd=ROOT,
        env={**os.environ, "CDKTF_OUTDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        timeout=SYNTHESIS_SECONDS,
        check=True,
    )
    return folder


def _told(provider: Provider) -> str:
    if provider.version == provider.pinned:
        return f"Provider {provider.version}, from {provider.origin}"
    return (
        f"Provider {provider.version}, from {provider.origin}. The stacks pin {provider.pinned}, "
        "which cannot be had here"
    )


def _show(done: Done) -> None:
    click.echo(f"  {done.name:<18}applied {done.resources:>3} resources {done.seconds:>4.0f} s")


def _show_standing(environment: Environment, *, emulator: Emulator) -> None:
    for noun, names in standing(
        questions(environment=environment.name, cluster=environment.cluster_name),
        emulator=emulator,
        account=environment.account.id,
        registry=PLATFORM.registry.id,
    ):
        shown = [name if len(name) <= LETTERS else f"{name[:LETTERS]}…" for name in names[:NAMES]]
        more = ["…"] if len(names) > NAMES else []
        click.echo(f"  {len(names):>3}  {noun:<20}{', '.join(shown + more)}")


def _keep(environment: Environment, *, emulator: Emulator, folder: Path) -> None:
    variables = {
        "AWS_ENDPOINT_URL": emulator.ministack.url,
        "AWS_CA_BUNDLE": str(emulator.ministack.certificate),
        "AWS_DEFAULT_REGION": emulator.region,
        "AWS_ACCESS_KEY_ID": environment.account.id,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
    }
    click.echo("\nIt stands until you press Ctrl-C here. To look around, in another terminal:\n")
    for name, value in variables.items():
        click.echo(f"  export {name}={value}")
    click.echo(f"  aws eks describe-cluster --name {environment.cluster_name}\n")
    click.echo(f"Terraform's states are below {folder}.")
    try:
        signal.pause()
    except KeyboardInterrupt:
        click.echo()


def _interrupt_once(*_: object) -> None:
    # Cleaning up follows, and a second Ctrl-C would leave the emulators behind.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
