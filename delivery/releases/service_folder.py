"""A service's place in the GitOps repository."""

import re
from dataclasses import dataclass

# As the service template and the chart have it.
NAME = re.compile(r"[a-z]([a-z0-9-]{0,29}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class ServiceFolder:
    """namespace: of Kubernetes. name: of the service, and of all that belongs to it."""

    namespace: str
    name: str

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        return f"services/{self.namespace}/{self.name}"

    def stage(self, environment: str) -> str:
        """The folder of what differs in an environment."""
        return f"{self.path}/{environment}"

    def image(self, environment: str) -> str:
        """The file of what runs there."""
        return f"{self.stage(environment)}/image.yaml"

    def values(self, environment: str) -> str:
        """The file in which people say what differs there."""
        return f"{self.stage(environment)}/values.yaml"
