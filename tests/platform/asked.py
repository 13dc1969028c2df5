"""What someone asks the API server to admit: objects of the service `shop`."""

from typing import Any

REGISTRY = "111111111111.dkr.ecr.eu-central-1.amazonaws.com"
IN_REGISTRY = f"{REGISTRY}/tribe/shop"
DIGEST = "sha256:" + "0123456789abcdef" * 4


def thing(api_version: str, kind: str, spec: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """An object of the service `shop` in api-services, if `metadata` says nothing else."""
    own = {"name": "shop", "namespace": "api-services", "labels": {"app": "shop"}, **metadata}
    return {"apiVersion": api_version, "kind": kind, "metadata": own, "spec": spec}


def pod(*images: str, first: tuple[str, ...] = (), **metadata: Any) -> dict[str, Any]:
    containers = [{"name": f"c{n}", "image": image} for n, image in enumerate(images)]
    spec: dict[str, Any] = {"containers": containers}
    if first:
        spec["initContainers"] = [{"name": "first", "image": image} for image in first]
    return thing("v1", "Pod", spec, **metadata)


def debugged(image: str) -> dict[str, Any]:
    """A pod of the registry into which `kubectl debug` puts a container."""
    whole = pod(f"{IN_REGISTRY}@{DIGEST}")
    whole["spec"]["ephemeralContainers"] = [{"name": "debugger", "image": image}]
    return whole


def ingress(class_name: str | None, *hosts: str | None, **spec: Any) -> dict[str, Any]:
    if class_name:
        spec["ingressClassName"] = class_name
    if hosts:
        spec["rules"] = [{"host": host} if host else {} for host in hosts]
    return thing("networking.k8s.io/v1", "Ingress", spec)


def network_policy(selector: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    spec = {"podSelector": selector, "policyTypes": ["Ingress"]}
    return thing("networking.k8s.io/v1", "NetworkPolicy", spec, **metadata)


def external_secret(
    key: str = "tribe/prod/api-services/shop", *, store: str = "secrets-manager", **spec: Any
) -> dict[str, Any]:
    metadata = spec.pop("metadata", {})
    entry = {"secretKey": "password", "remoteRef": {"key": key}}
    whole = {"secretStoreRef": {"name": store}, "data": [entry], **spec}
    return thing("external-secrets.io/v1", "ExternalSecret", whole, **metadata)
