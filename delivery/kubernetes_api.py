"""A cluster's Kubernetes API: its endpoint, whether it answers, and how kubectl is told of it."""

import json
import socket
import ssl
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from delivery.aws import AwsFailedError, aws
from stacks.settings import Environment

ANSWER_SECONDS = 3.0
"""How long an endpoint may take. A private one that is out of reach does not answer at all."""


@dataclass(frozen=True, kw_only=True)
class KubernetesApi:
    """An environment's Kubernetes API.

    host: of the endpoint; certificates name it, whatever way leads there.
    authority: the cluster's certificate authority, PEM.
    """

    environment: Environment
    host: str
    authority: str

    def answers(self, address: str, port: int, *, seconds: float = ANSWER_SECONDS) -> bool:
        """Whether this very API answers at an address: its certificate is checked."""
        trusting = ssl.create_default_context(cadata=self.authority)
        try:
            with (
                socket.create_connection((address, port), timeout=seconds) as plain,
                trusting.wrap_socket(plain, server_hostname=self.host),
            ):
                return True
        except OSError:
            return False

    def kubeconfig(self, server: str) -> str:
        """A kubectl configuration for the API at `server`. It holds no secret."""
        name, region = self.environment.cluster_name, self.environment.region
        token = {
            "apiVersion": "client.authentication.k8s.io/v1beta1",
            "command": "aws",
            "args": [
                *("eks", "get-token", "--output", "json"),
                *("--cluster-name", name, "--region", region),
            ],
            "interactiveMode": "IfAvailable",
        }
        cluster = {
            "server": server,
            "tls-server-name": self.host,
            "certificate-authority-data": b64encode(self.authority.encode()).decode(),
        }
        return json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": name, "cluster": cluster}],
                "users": [{"name": name, "user": {"exec": token}}],
                "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
                "current-context": name,
            },
            indent=2,
        )

    def write_kubeconfig(self, folder: Path, *, server: str) -> Path:
        """Write the configuration into `folder`. Returns its path."""
        path = folder / "kubeconfig"
        path.write_text(self.kubeconfig(server))
        path.chmod(0o600)  # kubectl warns of any other
        return path


def api_of(environment: Environment) -> KubernetesApi | None:
    """The environment's Kubernetes API; None where its cluster does not stand yet.

    Raises: AwsFailedError.
    """
    name = environment.cluster_name
    try:
        answer = aws("eks", "describe-cluster", "--name", name, region=environment.region)
    except AwsFailedError as error:
        if "ResourceNotFoundException" in str(error):
            return None
        raise
    cluster = json.loads(answer)["cluster"]
    return KubernetesApi(
        environment=environment,
        host=cluster["endpoint"].removeprefix("https://"),
        authority=b64decode(cluster["certificateAuthority"]["data"]).decode(),
    )
