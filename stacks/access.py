"""How people and pipelines reach the Kubernetes API, and who hears of the last way being taken."""

from constructs import Construct

from stacks.break_glass import watch
from stacks.cluster import Cluster
from stacks.encryption import Encryption
from stacks.network import Network
from stacks.settings import Environment
from stacks.stack import EnvironmentStack
from stacks.tunnel import tunnel


class Access(EnvironmentStack):
    """The tunnel, in every environment: what is used each day in dev works at night in prod. And
    the alarm on the break-glass role, where there is one.
    """

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        network: Network,
        cluster: Cluster,
        encryption: Encryption,
    ) -> None:
        super().__init__(scope, environment, noun="access")
        tunnel(self, network=network, cluster=cluster, volume_key=encryption.volumes)
        if environment.gitops.break_glass:
            watch(self, environment.gitops.break_glass, cluster=cluster)
