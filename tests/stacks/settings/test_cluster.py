"""A cluster's version, doors and people: what is refused, and the odd cases that are not."""

from dataclasses import replace

import pytest

from stacks.environments.dev import DEV
from stacks.settings import Access, ExternalIdentity
from tests.stacks.settings.refusal import refused

ADMIN = Access(role="admins", policy="AmazonEKSClusterAdminPolicy")
PEOPLE = ExternalIdentity(issuer_url="https://login.example.com", client_id="tribe")
GROUPS = DEV.cluster.node_groups


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"kubernetes_version": 1.30}, "kubernetes_version", '"1.30"', id="a version as a float"
        ),
        pytest.param(
            {"kubernetes_version": "1.30"}, "kubernetes_version", "1.36, 1.35", id="an old version"
        ),
        pytest.param(
            {"kubernetes_version": "1.34"}, "kubernetes_version", "1.36, 1.35", id="one that ends"
        ),
        pytest.param(
            {"kubernetes_version": "1.99"}, "kubernetes_version", "1.36, 1.35", id="one to come"
        ),
        pytest.param(
            {"kubernetes_version": "1.36.4"}, "kubernetes_version", "1.36", id="a patch version"
        ),
        pytest.param(
            {"service_cidr": "172.20.0.1/16"}, "service_cidr", '"172.20.0.0/16"', id="host bits"
        ),
        pytest.param(
            {"service_cidr": "8.8.0.0/16"}, "service_cidr", "10.0.0.0/8", id="public Services"
        ),
        pytest.param({"service_cidr": "fd00::/108"}, "service_cidr", "IPv4", id="IPv6 Services"),
        pytest.param(
            {"service_cidr": "10.0.0.0/11"}, "service_cidr", '"172.20.0.0/16"', id="over /12"
        ),
        pytest.param(
            {"service_cidr": "10.0.0.0/25"}, "service_cidr", '"172.20.0.0/16"', id="under /24"
        ),
        pytest.param({"access": ()}, "access", "AmazonEKSClusterAdminPolicy", id="nobody at all"),
        pytest.param(
            {"access": (Access(role="viewers", groups=("viewers",)),)},
            "access",
            "AmazonEKSClusterAdminPolicy",
            id="nobody who may administer",
        ),
        pytest.param({"access": (ADMIN, ADMIN)}, "access", "each once", id="a role named twice"),
        pytest.param({"node_groups": ()}, "node_groups", "system", id="no node group"),
        pytest.param(
            {"node_groups": GROUPS[1:]}, "node_groups", "system", id="no system node group"
        ),
        pytest.param(
            {"node_groups": (*GROUPS, GROUPS[1])},
            "node_groups",
            "each once",
            id="a group named twice",
        ),
        pytest.param(
            {"log_retention_days": 45},
            "log_retention_days",
            "60",
            id="days that CloudWatch cannot keep",
        ),
        pytest.param(
            {"log_retention_days": 0}, "log_retention_days", "1", id="logs without an end"
        ),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(DEV.cluster, **change))
    assert refusal.field == f"Cluster.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize(
    ("cidr", "mend"),
    [
        pytest.param("0.0.0.0/0", "your own addresses", id="the whole internet"),
        pytest.param("::/0", "IPv4", id="the whole IPv6 internet"),
        pytest.param("0.0.0.0/1", "your own addresses", id="half the internet"),
        pytest.param("198.0.0.0/8", "your own addresses", id="a continent"),
        pytest.param("2001:db8::/32", "IPv4", id="IPv6, which an IPv4 cluster refuses"),
        pytest.param(
            "10.10.0.0/16", "private", id="private addresses, which never come from outside"
        ),
        pytest.param("198.51.100.7/24", '"198.51.100.0/24"', id="host bits"),
        pytest.param("198.51.100.7", '"198.51.100.7/32"', id="an address without a length"),
        pytest.param("office", '"198.51.100.7/32"', id="a word"),
    ],
)
def test_refuses_a_public_endpoint_open_to(cidr: str, mend: str) -> None:
    refusal = refused(lambda: replace(DEV.cluster, public_access_cidrs=("198.51.100.8/32", cidr)))
    assert refusal.field == "Cluster.public_access_cidrs"
    assert mend in refusal.mend


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"role": "arn:aws:iam::222222222222:role/admins"},
            "role",
            "name",
            id="an ARN for a name",
        ),
        pytest.param({"role": ""}, "role", "name", id="no role"),
        pytest.param({"role": "admins*"}, "role", "name", id="a wildcard"),
        pytest.param({"role": "a" * 65}, "role", "name", id="a name too long for IAM"),
        pytest.param(
            {"groups": ("system:masters",)},
            "groups",
            "tribe:developers",
            id="Kubernetes' own group",
        ),
        pytest.param(
            {"groups": ("eks:admins",)}, "groups", "tribe:developers", id="EKS's own group"
        ),
        pytest.param(
            {"policy": None, "groups": ()}, "groups", "a policy", id="an entry that grants nothing"
        ),
        pytest.param(
            {"policy": "AmazonEKSClusterAdminPolicies"},
            "policy",
            "'AmazonEKSClusterAdminPolicy'",
            id="a misspelt policy",
        ),
    ],
)
def test_refuses_access_by(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(ADMIN, **change))
    assert refusal.field == f"Access.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"issuer_url": "http://login.example.com"}, "issuer_url", "https", id="plain http"
        ),
        pytest.param(
            {"issuer_url": "https://login.example.com?tenant=1"},
            "issuer_url",
            "without",
            id="a query",
        ),
        pytest.param({"client_id": ""}, "client_id", "client's id", id="no client"),
        pytest.param({"prefix": ""}, "prefix", '"oidc:"', id="no prefix"),
        pytest.param({"prefix": "-"}, "prefix", '"oidc:"', id="EKS's own word for no prefix"),
        pytest.param(
            {"prefix": "system:"}, "prefix", '"oidc:"', id="the prefix of Kubernetes itself"
        ),
    ],
)
def test_refuses_external_identity_with(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(PEOPLE, **change))
    assert refusal.field == f"ExternalIdentity.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize("version", ["1.36", "1.35"])
def test_accepts_the_versions_in_standard_support(version: str) -> None:
    assert replace(DEV.cluster, kubernetes_version=version).version.minor == version


def test_accepts_a_public_endpoint_for_named_addresses() -> None:
    named = ("198.51.100.7/32", "203.0.0.0/16")
    assert replace(DEV.cluster, public_access_cidrs=named).public_access_cidrs == named


def test_accepts_a_role_with_a_path() -> None:
    assert replace(ADMIN, role="teams/platform/admins").role == "teams/platform/admins"


def test_counts_the_addresses_of_all_nodes_at_their_largest() -> None:
    # With prefix delegation a node takes its pods' addresses in blocks: 128 for each of 4 + 10 + 6.
    assert DEV.cluster.most_node_addresses == 20 * 128
