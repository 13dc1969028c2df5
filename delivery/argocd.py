"""Argo CD on a port of this machine, for people to look at: by the way in, and no other opening."""

import os
import subprocess
import sys

import click

from delivery.aws import AwsFailedError
from delivery.tunnel import UnreachableError, way_in
from stacks.argocd import NAMESPACE
from stacks.environments import PLATFORM
from stacks.settings import Environment, SettingsError
from stacks.settings.gitops import LOCAL_PORT

SERVER = "service/argocd-server"
PASSWORD = (
    "kubectl --namespace argocd get secret argocd-initial-admin-secret "
    "--output jsonpath={.data.password} | base64 --decode"
)


def how_to_sign_in(environment: Environment) -> str:
    """What a person does at the page."""
    if environment.gitops.sso:
        return "Sign in with your company account; the certificate is Argo CD's own."
    return (
        "Sign in as admin; the certificate is Argo CD's own. The password, in a shell of "
        f"`make tunnel ENV={environment.name}`:\n  {PASSWORD}"
    )


@click.command()
@click.argument("environment")
def main(environment: str) -> None:
    """Show ENVIRONMENT's Argo CD at https://localhost:8443 until Ctrl-C."""
    try:
        chosen = PLATFORM.environment(environment)
        with way_in(chosen) as way:
            click.echo(f"https://localhost:{LOCAL_PORT}\n{how_to_sign_in(chosen)}")
            forward = ["kubectl", "--namespace", NAMESPACE, "port-forward", SERVER]
            ended = subprocess.run(
                [*forward, f"{LOCAL_PORT}:443"], env={**os.environ, **way.variables}, check=False
            )
    except (SettingsError, UnreachableError, AwsFailedError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        return
    sys.exit(ended.returncode)


if __name__ == "__main__":
    main()
