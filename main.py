"""Every environment, and every stack it stands on."""

from stacks import synthesis

synthesis.prepare()  # before any provider is imported: twelve times as fast

from cdktf import App  # noqa: E402

from stacks.access import Access  # noqa: E402
from stacks.account import AccountGround  # noqa: E402
from stacks.cluster import Cluster  # noqa: E402
from stacks.edge import Edge  # noqa: E402
from stacks.encryption import Encryption  # noqa: E402
from stacks.environments import PLATFORM  # noqa: E402
from stacks.gitops import GitOps  # noqa: E402
from stacks.identity import Identity  # noqa: E402
from stacks.network import Network  # noqa: E402
from stacks.outputs import Outputs  # noqa: E402
from stacks.services import SERVICES, Services  # noqa: E402
from stacks.storage import Storage  # noqa: E402

app = App()

for account in PLATFORM.accounts:
    AccountGround(
        app,
        account,
        environments=PLATFORM.environments_in(account),
        pullers=PLATFORM.accounts,
        services=SERVICES,
    )

for environment in PLATFORM.environments:
    encryption = Encryption(app, environment)
    network = Network(app, environment, log_key=encryption.logs)
    storage = Storage(app, environment, encryption=encryption)
    edge = Edge(app, environment, encryption=encryption)
    cluster = Cluster(app, environment, network=network, encryption=encryption)
    Identity(app, environment, cluster=cluster, edge=edge, encryption=encryption, storage=storage)
    access = Access(app, environment, network=network, cluster=cluster, encryption=encryption)
    GitOps(app, environment, access=access, cluster=cluster, storage=storage)
    Services(app, environment, cluster=cluster, encryption=encryption, services=SERVICES)
    Outputs(
        app,
        environment,
        network=network,
        cluster=cluster,
        edge=edge,
        storage=storage,
        encryption=encryption,
        registry=PLATFORM.registry,
    )

synthesis.finish(app, PLATFORM)
