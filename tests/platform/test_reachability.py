"""Who may reach whom by the platform's own policies. Services open what they declare besides."""

from ipaddress import IPv4Network
from pathlib import Path

import pytest

from stacks.settings import Environment
from tests.platform.reachability import Peer, may_reach
from tests.platform.rendering import Documents, values

NAME, INSTANCE = "app.kubernetes.io/name", "app.kubernetes.io/instance"

# who: its namespace and labels. Their addresses are those of private subnets, as pods' are.
PODS: dict[str, tuple[str, dict[str, str]]] = {
    "web": ("frontend-services", {NAME: "web"}),
    "gateway": ("api-services", {NAME: "gateway"}),
    "orders": ("api-services", {NAME: "orders"}),
    "model": ("ai-services", {NAME: "model"}),
    "prometheus": ("monitoring", {NAME: "prometheus"}),
    "grafana": ("monitoring", {NAME: "grafana"}),
    "loki": ("monitoring", {NAME: "loki"}),
    "alloy": ("kube-system", {NAME: "alloy"}),
    "dns": ("kube-system", {"k8s-app": "kube-dns"}),
    "keda": ("tribe-system", {NAME: "keda-operator", INSTANCE: "keda"}),
    "rollouts": ("tribe-system", {NAME: "argo-rollouts", INSTANCE: "argo-rollouts"}),
    "autoscaler": ("tribe-system", {INSTANCE: "cluster-autoscaler"}),
    "balancing": ("tribe-system", {INSTANCE: "aws-load-balancer-controller"}),
    "names": ("tribe-system", {INSTANCE: "external-dns"}),
    "secrets": ("tribe-system", {INSTANCE: "external-secrets"}),
    "stranger": ("default", {}),
    "squatter": ("ingress-nginx", {}),
}

# The gateway is reached by whoever the load balancer sends only once its own chart says so.
TABLE = """
from          to             port   may

web           gateway        8080   yes   frontend → api
gateway       model          8080   yes   api → ai
gateway       orders         8080   yes   the same namespace
gateway       web            8080   no    not backwards
model         gateway        8080   no
web           model          8080   no    not across
stranger      gateway        8080   no
stranger      model          8080   no
squatter      gateway        8080   no
gateway       squatter       8080   no
web           grafana        3000   no
web           keda           9666   no

gateway       dns            53     yes
squatter      dns            53     no    nothing runs there
gateway       agent          80     yes   Pod Identity
gateway       metadata       80     no    the node's own credentials
gateway       internet       443    no    a service declares what it calls
model         internet       443    no
gateway       api-server     443    no    no service talks to the cluster
gateway       endpoint       443    no

prometheus    gateway        9090   yes   scraping, any port
prometheus    model          8081   yes
prometheus    keda           8080   yes
prometheus    kubelet        10250  yes
grafana       gateway        8080   no    only Prometheus looks at pods
grafana       prometheus     9090   yes   the same namespace
keda          prometheus     9090   yes   to scale on a query
rollouts      prometheus     9090   yes   to judge a canary
keda          loki           3100   no
autoscaler    prometheus     9090   no
alloy         loki           3100   yes   logs come in
alloy         prometheus     9090   no
stranger      loki           3100   no

load-balancer grafana        3000   yes
load-balancer prometheus     9090   no
load-balancer gateway        8080   no    its own chart opens that
internet      gateway        8080   no
internet      grafana        3000   no

api-server    balancing      9443   yes   webhooks
api-server    secrets        10250  yes
api-server    keda           6443   yes
api-server    keda           9443   yes
api-server    autoscaler     8085   no
stranger      balancing      9443   no
autoscaler    api-server     443    yes
autoscaler    api-service    443    yes   the same by its Service
secrets       api-service    443    yes
secrets       endpoint       443    yes
autoscaler    endpoint       443    yes
balancing     internet       443    yes   WAF and ACM
names         internet       443    yes   Route 53
keda          internet       443    yes   SQS
keda          internet       80     no
balancing     elsewhere      443    no    other private networks
"""

# What the table leaves to the environment: dev's VPC has few of AWS's endpoints.
BY_ENVIRONMENT = {
    ("secrets", "internet"): {"dev": True, "staging": False, "prod": False},
    ("autoscaler", "internet"): {"dev": True, "staging": False, "prod": False},
    ("rollouts", "internet"): {"dev": True, "staging": False, "prod": False},
}

ROWS = [line.split(maxsplit=4)[:4] for line in TABLE.strip().splitlines()[1:] if line.strip()]


@pytest.fixture
def peers(repository: Path, environment: Environment) -> dict[str, Peer]:
    facts = values(repository, environment.name)["facts"]
    private = next(IPv4Network(environment.network.private_cidrs[0]).hosts())
    pods = {
        name: Peer(str(private + 16 + number), namespace, labels)
        for number, (name, (namespace, labels)) in enumerate(PODS.items())
    }
    return pods | {
        "agent": Peer("169.254.170.23"),
        "metadata": Peer("169.254.169.254"),
        "internet": Peer("198.51.100.7"),
        "elsewhere": Peer("192.168.7.7"),
        "endpoint": Peer(str(private + 4)),
        "kubelet": Peer(str(private + 8)),
        "load-balancer": Peer(str(IPv4Network(facts["publicCidr"])[10])),
        "api-server": Peer(str(IPv4Network(facts["intraCidr"])[10])),
        "api-service": Peer(str(IPv4Network(facts["serviceCidr"])[1])),
    }


def test_the_table_holds(rendered: Documents, peers: dict[str, Peer]):
    policies = list(rendered.of("NetworkPolicy"))
    computed = []
    for source, target, port, _ in ROWS:
        protocol = "UDP" if target == "dns" else "TCP"
        open_ = may_reach(
            peers[source], peers[target], int(port), policies=policies, protocol=protocol
        )
        computed.append([source, target, port, "yes" if open_ else "no"])
    assert computed == ROWS


@pytest.mark.parametrize(("source", "target"), BY_ENVIRONMENT)
def test_a_controller_leaves_the_vpc_only_where_the_vpc_lacks_its_endpoint(
    source: str,
    target: str,
    rendered: Documents,
    peers: dict[str, Peer],
    environment: Environment,
):
    reached = may_reach(peers[source], peers[target], 443, policies=rendered.of("NetworkPolicy"))
    assert reached == BY_ENVIRONMENT[source, target][environment.name]


@pytest.mark.parametrize("controller", ["autoscaling", "elasticloadbalancing", "secretsmanager"])
def test_a_controller_kept_inside_finds_its_endpoint_there(
    controller: str, environment: Environment
):
    """cluster-autoscaler, argo-rollouts and external-secrets, by the endpoints they call."""
    inside = BY_ENVIRONMENT["secrets", "internet"][environment.name] is False
    assert (controller in environment.network.interface_endpoints) == inside
    assert "sts" in environment.network.interface_endpoints


def test_the_load_balancers_block_holds_their_subnets_and_no_pod(
    repository: Path, environment: Environment
):
    facts = values(repository, environment.name)["facts"]
    public, intra = IPv4Network(facts["publicCidr"]), IPv4Network(facts["intraCidr"])
    network = environment.network
    assert all(IPv4Network(block).subnet_of(public) for block in network.public_cidrs)
    assert all(IPv4Network(block).subnet_of(intra) for block in network.intra_cidrs)
    for block in map(IPv4Network, network.private_cidrs):
        assert not block.overlaps(public)
        assert not block.overlaps(intra)
