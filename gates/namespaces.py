"""Namespaces: each enforces the restricted Pod Security Standard, and is closed until opened."""

from collections.abc import Iterable, Mapping
from typing import Any

ENFORCE = "pod-security.kubernetes.io/enforce"
VERSION = "pod-security.kubernetes.io/enforce-version"
SIDES = frozenset({"Ingress", "Egress"})

Object = Mapping[str, Any]


def unrestricted_namespaces(documents: Iterable[Object]) -> list[str]:
    """Namespaces in which the API server would admit a pod that breaks the standard."""
    return [
        f"Namespace {document['metadata']['name']} does not enforce the restricted standard of "
        f"today. Write {ENFORCE}: restricted and {VERSION}: latest."
        for document in documents
        if document["kind"] == "Namespace" and not _enforces(document["metadata"].get("labels", {}))
    ]


def open_namespaces(documents: Iterable[Object]) -> list[str]:
    """Namespaces whose pods are open to all, both ways, until a policy selects them."""
    held = list(documents)
    closed = {each["metadata"].get("namespace") for each in held if _denies_all(each)}
    return [
        f"Namespace {document['metadata']['name']} has no network policy that denies all. "
        "Add one with podSelector: {} and no rules."
        for document in held
        if document["kind"] == "Namespace" and document["metadata"]["name"] not in closed
    ]


def _enforces(labels: Mapping[str, str]) -> bool:
    # An old version of the standard lacks what came later; without one, the cluster's holds.
    return labels.get(ENFORCE) == "restricted" and labels.get(VERSION, "latest") == "latest"


def _denies_all(document: Object) -> bool:
    if document["kind"] != "NetworkPolicy":
        return False
    spec = document["spec"]
    return (
        spec["podSelector"] == {}
        and set(spec.get("policyTypes", ())) == SIDES
        and not spec.get("ingress")
        and not spec.get("egress")
    )
