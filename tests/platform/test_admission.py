"""What the cluster itself refuses where services live, though their chart would not make it."""

from pathlib import Path

import pytest

from tests.platform.admission import refusals
from tests.platform.asked import (
    DIGEST,
    IN_REGISTRY,
    REGISTRY,
    debugged,
    external_secret,
    ingress,
    network_policy,
    pod,
)
from tests.platform.rendering import Documents, platform, render, values


@pytest.fixture
def dev(repository: Path) -> Documents:
    return platform(repository, "dev")


@pytest.fixture
def prod(repository: Path) -> Documents:
    return platform(repository, "prod")


ADMITTED_IN_DEV = {
    "an image of the registry with a tag": pod(f"{IN_REGISTRY}:1.4.2"),
    "an image of the registry with a digest": pod(f"{IN_REGISTRY}@{DIGEST}"),
    "an image from anywhere where no service lives": pod("nginx", namespace="monitoring"),
}
ADMITTED_IN_PROD = {
    "an image with tag and digest": pod(f"{IN_REGISTRY}:1.4.2@{DIGEST}"),
    "several images with digests": pod(
        f"{IN_REGISTRY}@{DIGEST}", first=(f"{IN_REGISTRY}@{DIGEST}",)
    ),
    "the host of the class api": ingress("api", "api.tribe.example.com"),
    "the domain itself for the class web": ingress("web", "tribe.example.com"),
    "a policy for the service's own pods": network_policy({"matchLabels": {"app": "shop"}}),
    "the platform's own policy": network_policy({}, name="default-deny", labels={}),
    "the service's own secret": external_secret(),
    "an entry below the service's secret": external_secret("tribe/prod/api-services/shop/database"),
    "the whole of its own secret": external_secret(
        data=[], dataFrom=[{"extract": {"key": "tribe/prod/api-services/shop"}}]
    ),
    "a second secret under the service's name": external_secret(metadata={"name": "shop-database"}),
}
REFUSED_IN_DEV = {
    "an image from elsewhere": (pod("nginx:1.29"), "must come from 1111"),
    "a registry whose name begins like ours": (
        pod(f"{REGISTRY}.evil.example/tribe/shop:1"),
        "must come from",
    ),
    "latest": (pod(f"{IN_REGISTRY}:latest"), "other than latest"),
    "no tag": (pod(IN_REGISTRY), "other than latest"),
}
REFUSED_IN_PROD = {
    "a tag without a digest": (pod(f"{IN_REGISTRY}:1.4.2"), "need their digest"),
    "an init container from elsewhere": (
        pod(f"{IN_REGISTRY}@{DIGEST}", first=(f"busybox@{DIGEST}",)),
        "must come from",
    ),
    "a debug container from elsewhere": (
        debugged(f"busybox@{DIGEST}"),
        "must come from",
    ),
    "the second of two containers": (
        pod(f"{IN_REGISTRY}@{DIGEST}", f"evil.example/x@{DIGEST}"),
        "must come from",
    ),
    "a host of another domain": (ingress("api", "api.example.org"), "host of its class"),
    "a host that only ends like the domain": (
        ingress("api", "eviltribe.example.com"),
        "host of its class",
    ),
    "another class's host": (ingress("api", "monitoring.tribe.example.com"), "host of its class"),
    "a rule without a host": (ingress("web", "tribe.example.com", None), "host of its class"),
    "no rules": (ingress("api"), "host of its class"),
    "no class": (ingress(None, "api.tribe.example.com"), "ingressClassName must be one of"),
    "a class of somebody else": (ingress("nginx", "api.tribe.example.com"), "must be one of"),
    "a default backend": (
        ingress("api", "api.tribe.example.com", defaultBackend={"service": {"name": "shop"}}),
        "defaultBackend",
    ),
    "a policy for all pods": (network_policy({}), "own pods"),
    "a policy for another's pods": (network_policy({"matchLabels": {"app": "bank"}}), "own pods"),
    "a policy in another's name": (
        network_policy({"matchLabels": {"app": "shop"}}, name="bank"),
        "bears the service's name",
    ),
    "a policy without the label": (
        network_policy({"matchLabels": {"app": "shop"}}, labels={}),
        "bears the service's name",
    ),
    "a policy by expressions": (
        network_policy(
            {
                "matchLabels": {"app": "shop"},
                "matchExpressions": [{"key": "x", "operator": "DoesNotExist"}],
            }
        ),
        "matchLabels only",
    ),
    "another service's secret": (
        external_secret("tribe/prod/api-services/bank"),
        "must be tribe/prod/api-services/shop or stand below it",
    ),
    "a secret that only begins like its own": (
        external_secret("tribe/prod/api-services/shop-admin"),
        "must be tribe/prod/api-services/shop",
    ),
    "another namespace's secret": (external_secret("tribe/prod/argocd/sso"), "must be tribe/prod"),
    "another environment's secret": (external_secret("tribe/dev/api-services/shop"), "must be"),
    "a store for the whole cluster": (
        external_secret(secretStoreRef={"name": "secrets-manager", "kind": "ClusterSecretStore"}),
        "own store",
    ),
    "a store of another name": (external_secret(store="mine"), "own store"),
    "a store of its own for one entry": (
        external_secret(
            data=[
                {
                    "secretKey": "x",
                    "remoteRef": {"key": "tribe/prod/api-services/shop"},
                    "sourceRef": {"storeRef": {"name": "mine"}},
                }
            ]
        ),
        "come from the store",
    ),
    "all secrets that a search finds": (
        external_secret(dataFrom=[{"find": {"name": {"regexp": ".*"}}}]),
        "dataFrom must extract",
    ),
    "a generator": (
        external_secret(dataFrom=[{"sourceRef": {"generatorRef": {"kind": "Password"}}}]),
        "dataFrom must extract",
    ),
    "another's name on a secret": (
        external_secret(metadata={"name": "bank"}),
        "bears its service's name",
    ),
}


@pytest.mark.parametrize("claim", ADMITTED_IN_DEV)
def test_dev_admits(claim: str, dev: Documents):
    assert refusals(dev, ADMITTED_IN_DEV[claim]) == []


@pytest.mark.parametrize("claim", ADMITTED_IN_PROD)
def test_prod_admits(claim: str, prod: Documents):
    assert refusals(prod, ADMITTED_IN_PROD[claim]) == []


@pytest.mark.parametrize("claim", REFUSED_IN_DEV)
def test_dev_refuses(claim: str, dev: Documents):
    given, told = REFUSED_IN_DEV[claim]
    assert any(told in message for message in refusals(dev, given))


@pytest.mark.parametrize("claim", [*REFUSED_IN_DEV, *REFUSED_IN_PROD])
def test_prod_refuses(claim: str, prod: Documents):
    given, told = {**REFUSED_IN_DEV, **REFUSED_IN_PROD}[claim]
    assert any(told in message or "digest" in message for message in refusals(prod, given))


def test_staging_needs_digests_as_prod_does(repository: Path):
    tagged = pod(f"{IN_REGISTRY}:1.4.2")
    (message,) = refusals(platform(repository, "staging"), tagged)
    assert "digest" in message


def test_an_image_from_someone_else_is_admitted_once_its_source_is_named(repository: Path):
    given = values(repository, "prod")
    given["images"]["alsoFrom"] = ["quay.io/keycloak/keycloak:"]
    named = render(repository, "prod", given)
    assert refusals(named, pod(f"quay.io/keycloak/keycloak:26.1@{DIGEST}")) == []
    assert refusals(named, pod(f"quay.io/keycloak/other@{DIGEST}"))


def test_a_debug_container_is_looked_at_where_it_is_put_in(prod: Documents):
    policy = prod.named("ValidatingAdmissionPolicy", "tribe-images")
    (rule,) = policy["spec"]["matchConstraints"]["resourceRules"]
    assert "pods/ephemeralcontainers" in rule["resources"]


def test_every_policy_is_bound_and_writes_what_it_refuses_to_the_audit_log(rendered: Documents):
    policies = {each["metadata"]["name"] for each in rendered.of("ValidatingAdmissionPolicy")}
    bindings = list(rendered.of("ValidatingAdmissionPolicyBinding"))
    assert policies == {each["spec"]["policyName"] for each in bindings}
    assert {tuple(each["spec"]["validationActions"]) for each in bindings} == {("Deny", "Audit")}


def test_exempt_are_just_the_network_policies_that_stand(rendered: Documents):
    """A name that is exempt and free would be anyone's to take."""
    platforms = list(rendered.of("NetworkPolicy"))
    names = {each["metadata"]["name"] for each in platforms}
    for namespace in ("api-services", "frontend-services", "ai-services"):
        standing = {
            each["metadata"]["name"]
            for each in platforms
            if each["metadata"]["namespace"] == namespace
        }
        free = {
            name
            for name in names
            if not refusals(rendered, network_policy({}, name=name, namespace=namespace))
        }
        assert free == standing
