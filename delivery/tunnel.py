"""The way to a private Kubernetes API, for as long as something needs it.

`python -m delivery.tunnel ENV` opens it and a shell in which kubectl knows it; with `-- COMMAND` it
runs that instead. Nobody types an address: where the API answers without a tunnel, none is opened.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from delivery.aws import AwsFailedError, aws
from delivery.kubernetes_api import KubernetesApi, api_of
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError
from stacks.way_in import VARIABLE, tunnel_name

HTTPS = 443

OPEN_SECONDS = 30.0
CLOSE_SECONDS = 5.0

PLUGIN = "session-manager-plugin"
PLUGIN_PAGE = (
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
    "session-manager-working-with-install-plugin.html"
)


class UnreachableError(Exception):
    """No way leads to the Kubernetes API from here; the message says why, and what to do."""

    def __init__(self, environment: Environment, reason: str) -> None:
        super().__init__(
            f"The Kubernetes API of {environment.cluster_name} is private and does not answer from "
            f"here. `make tunnel ENV={environment.name}` leads to it, and `make deploy` takes that "
            f"way by itself, but {reason}"
        )


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """Where the Kubernetes API answers, told to whatever runs meanwhile.

    server: as kubectl and Terraform take it.
    variables: for the environment of a command: kubectl's configuration, Terraform's variable.
    """

    server: str
    variables: Mapping[str, str]


@contextmanager
def way_in(environment: Environment) -> Generator[WayIn]:
    """The way to the environment's Kubernetes API: directly, or by a tunnel that closes at the end.

    Raises: UnreachableError, AwsFailedError.
    """
    api = api_of(environment)
    if api is None:
        raise UnreachableError(
            environment, f"there is no such cluster. Run `make deploy ENV={environment.name}`."
        )
    with tempfile.TemporaryDirectory(prefix=f"{environment.cluster_name}-") as folder:
        if api.answers(api.host, HTTPS):
            yield _told(api, Path(folder), server=f"https://{api.host}")
            return
        with _tunnel(api) as port:
            yield _told(api, Path(folder), server=f"https://127.0.0.1:{port}")


def check_tools(environment: Environment) -> None:
    """Refuse at once where a tunnel could never be opened. Raises: UnreachableError."""
    if shutil.which(PLUGIN) is None:
        raise UnreachableError(
            environment, f"there is no {PLUGIN} on PATH. Install it: {PLUGIN_PAGE}"
        )


def _told(api: KubernetesApi, folder: Path, *, server: str) -> WayIn:
    kubeconfig = api.write_kubeconfig(folder, server=server)
    return WayIn(
        server=server,
        variables={"KUBECONFIG": str(kubeconfig), f"TF_VAR_{VARIABLE}": server},
    )


@contextmanager
def _tunnel(api: KubernetesApi) -> Generator[int]:
    """A session through the tunnel's machine. Yields the port on this machine."""
    environment = api.environment
    check_tools(environment)
    machine, port = _machine(environment), _free_port()
    command = ["aws", "ssm", "start-session", "--region", environment.region]
    command += ["--target", machine, "--document-name", tunnel_name(environment.name)]
    command += ["--parameters", f"localPortNumber={port}"]
    with tempfile.TemporaryFile("w+") as said:
        session = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for what runs through it; the plugin ends with it
        )
        try:
            end = time.monotonic() + OPEN_SECONDS
            while not api.answers("127.0.0.1", port):
                if session.poll() is not None or time.monotonic() > end:
                    said.seek(0)
                    words = " ".join(said.read().split()) or f"nothing in {OPEN_SECONDS:.0f} s"
                    raise UnreachableError(environment, f"Session Manager says: {words}")
                time.sleep(0.2)
            yield port
        finally:
            _end(session)


def _machine(environment: Environment) -> str:
    answer = aws(
        "ec2",
        "describe-instances",
        "--filters",
        f"Name=tag:Name,Values={tunnel_name(environment.name)}",
        "Name=instance-state-name,Values=running",
        region=environment.region,
    )
    machines = [
        instance["InstanceId"]
        for reservation in json.loads(answer)["Reservations"]
        for instance in reservation["Instances"]
    ]
    if not machines:
        mend = f"Deploy {environment.name}-access, or wait a minute: a new one may be starting."
        raise UnreachableError(environment, f"its machine does not run. {mend}")
    return machines[0]


def _free_port() -> int:
    with socket.socket() as anywhere:
        anywhere.bind(("127.0.0.1", 0))
        return anywhere.getsockname()[1]


def _end(session: "subprocess.Popen[bytes]") -> None:
    for number in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(session.pid, number)
            session.wait(timeout=CLOSE_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


@click.command()
@click.argument("environment")
@click.argument("command", nargs=-1)
def main(environment: str, command: tuple[str, ...]) -> None:
    """Run COMMAND, or a shell, with a way to the Kubernetes API of ENVIRONMENT."""
    try:
        chosen = PLATFORM.environment(environment)
        with way_in(chosen) as way:
            if not command:
                click.echo(
                    f"kubectl knows {chosen.cluster_name} in this shell; `exit` closes the way."
                )
                click.echo(f"Elsewhere: export KUBECONFIG={way.variables['KUBECONFIG']}")
            shell = os.environ.get("SHELL", "/bin/sh")
            ended = subprocess.run(
                command or (shell,), env={**os.environ, **way.variables}, check=False
            )
    except (SettingsError, UnreachableError, AwsFailedError) as error:
        sys.exit(str(error))
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
