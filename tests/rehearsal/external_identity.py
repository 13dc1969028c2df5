"""An app for the tests: dev's cluster, where people come from an OpenID Connect provider."""

from stacks.bindings import load_on_demand

load_on_demand()

from dataclasses import replace  # noqa: E402

from cdktf import App  # noqa: E402

from stacks.cluster import Cluster  # noqa: E402
from stacks.encryption import Encryption  # noqa: E402
from stacks.environments import PLATFORM  # noqa: E402
from stacks.network import Network  # noqa: E402
from stacks.settings import ExternalIdentity  # noqa: E402

app = App()

dev = PLATFORM.environment("dev")
people = ExternalIdentity(issuer_url="https://login.example.com", client_id="kubernetes")
environment = replace(dev, cluster=replace(dev.cluster, external_identity=people))

encryption = Encryption(app, environment)
network = Network(app, environment, log_key=encryption.logs)
Cluster(app, environment, network=network, encryption=encryption)

app.synth()
