"""AWS on this machine: fresh emulators on loopback, gone when they are left.

ministack emulates nearly all that the stacks use. moto stands beside it for the few resource types
that ministack lacks (see detour.py).
"""

import os
import shutil
from typing import Self

import botocore.session
from botocore.client import BaseClient

from rehearsal.rewriting import SECRET_KEY
from rehearsal.server import ADDRESS, HOST, Server, ServerFailed

MOTO_SERVICES = {"wafv2"}
"""botocore's names of the services that are moto's as a whole."""

NOWHERE = f"http://{ADDRESS}:1"
"""A proxy that is not there (port 1, tcpmux): what is sent to it fails at once."""


class Emulator:
    """The emulators, running from `start()` to `stop()`, or for a `with` block.

    ministack takes a 12-digit access key for the account that a call is made in. It speaks TLS:
    an EKS cluster's OIDC issuer is an address of the emulator itself, and IAM takes an OIDC
    provider only under https. The certificate is its own, so a process that calls it needs
    `environment`.

    account: the one that moto answers for.
    """

    def __init__(self, *, region: str, account: str) -> None:
        self.region = region
        self.account = account
        self.ministack = Server(
            name="ministack", health="/_ministack/health", certificate="ministack-tls/server.crt"
        )
        self.moto = Server(name="moto", health="/moto-api/")

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment so that its AWS calls stay on this machine."""
        proxies = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        return {
            "AWS_ENDPOINT_URL": self.ministack.url,
            "AWS_CA_BUNDLE": str(self.ministack.certificate),
            "AWS_REGION": self.region,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            # A call to any other host meets a proxy that is not there.
            **dict.fromkeys(proxies, NOWHERE),
            **dict.fromkeys(("NO_PROXY", "no_proxy"), f"{HOST},{ADDRESS}"),
        }

    def client(self, service: str, *, account: str) -> BaseClient:
        """A client of `service` (botocore's name), signed in to the account with this id."""
        server = self.moto if service in MOTO_SERVICES else self.ministack
        return botocore.session.Session().create_client(
            service,
            region_name=self.region,
            endpoint_url=server.url,
            verify=str(self.ministack.certificate),
            aws_access_key_id=account,
            aws_secret_access_key=SECRET_KEY,
        )

    def start(self) -> Self:
        try:
            self._start_ministack()
            self._start_moto()
            for server in (self.ministack, self.moto):
                server.wait_until_healthy()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """End the emulators and all that they keep. Can be called again."""
        for server in (self.ministack, self.moto):
            server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _start_ministack(self) -> None:
        if not shutil.which("openssl"):
            raise ServerFailed(
                "There is no `openssl` on PATH, and ministack makes its certificate with it. "
                "Install openssl and try again."
            )
        home = self.ministack.home
        self.ministack.start(
            "ministack",
            environment={
                "BIND_HOST": ADDRESS,
                "GATEWAY_PORT": str(self.ministack.port),
                "MINISTACK_HOST": HOST,
                "MINISTACK_REGION": self.region,
                "USE_SSL": "1",
                "STATE_DIR": str(home / "state"),
                "S3_DATA_DIR": str(home / "s3"),
                # Listeners and containers that no stack here needs.
                "IOT_MTLS_ENABLED": "0",
                "SFTP_ENABLED": "0",
                "DOCKER_HOST": f"unix://{home}/no-docker.sock",
            },
        )

    def _start_moto(self) -> None:
        self.moto.start(
            "moto.server",
            *("-H", ADDRESS, "-p", str(self.moto.port)),
            environment={"MOTO_ACCOUNT_ID": self.account},
        )
