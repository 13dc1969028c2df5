"""What an attacker may do who has taken over a controller in the cluster."""

import pytest

from gates.documents import Document
from gates.roles import Role
from stacks.permissions.secrets import SECRET_NAMESPACES
from stacks.settings import Environment
from tests.security.asking import May, a_secret, ask, boundary_of, role_of


@pytest.fixture
def may(environment: Environment, every_role: list[Role], policies: list[Document]) -> May:
    """Asks for a role of the environment's stacks, by its name, under the boundary."""

    def asked(name: str, *what: str, **context: str) -> bool:
        role = role_of(environment, name, every_role)
        assert role.boundary
        ceiling = boundary_of(environment, policies)
        return ask(role.policies, boundary=ceiling)(*what, **context)

    return asked


def test_the_secrets_controller_reads_noa_secret(may: May, environment: Environment) -> None:
    for namespace in SECRET_NAMESPACES:
        secret = a_secret(environment, namespace)
        assert not may("external-secrets-role", "secretsmanager:GetSecretValue", secret)


def test_a_namespaces_reader_reads_that_namespaces_secrets_only(
    may: May, environment: Environment
) -> None:
    for reading in SECRET_NAMESPACES:
        readable = {
            namespace
            for namespace in SECRET_NAMESPACES
            if may(
                f"secrets-{reading}",
                "secretsmanager:GetSecretValue",
                a_secret(environment, namespace),
            )
        }
        assert readable == {reading}


def test_the_load_balancer_controller_leaves_other_clusters_alone(
    may: May, environment: Environment
) -> None:
    place = f"arn:aws:elasticloadbalancing:{environment.region}:{environment.account.id}"
    listener = f"{place}:listener/app/k8s-any/1/2"
    own = environment.cluster_name
    for action in ("elasticloadbalancing:DeleteListener", "elasticloadbalancing:ModifyListener"):
        assert may("load-balancer-controller-role", action, listener, cluster=own)
        assert not may("load-balancer-controller-role", action, listener, cluster="tribe-other")
    # nor makes them its own by tagging them
    tag = "elasticloadbalancing:AddTags"
    assert may("load-balancer-controller-role", tag, listener, asked_cluster=own)
    assert not may(
        "load-balancer-controller-role", tag, listener, asked_cluster=own, cluster="tribe-other"
    )
    balancer = f"{place}:loadbalancer/app/any/1"
    assert not may("load-balancer-controller-role", tag, balancer, asked_cluster=own)
