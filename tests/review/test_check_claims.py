"""Claims inside of other objects, which need no apiVersion and kind of their own."""

import copy
from typing import Any

import pytest

from review.schemas import validate

CLAIM = {
    "metadata": {"name": "data"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
}
STATEFUL_SET: dict[str, Any] = {
    "apiVersion": "apps/v1",
    "kind": "StatefulSet",
    "metadata": {"name": "loki"},
    "spec": {
        "serviceName": "loki",
        "selector": {"matchLabels": {"app": "loki"}},
        "template": {
            "metadata": {"labels": {"app": "loki"}},
            "spec": {
                "containers": [
                    {
                        "name": "loki",
                        "image": "loki:3.0.0",
                        "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                    }
                ]
            },
        },
        "volumeClaimTemplates": [CLAIM],
    },
}


def operated(kind: str) -> dict[str, Any]:
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": kind,
        "metadata": {"name": "main"},
        "spec": {"storage": {"volumeClaimTemplate": copy.deepcopy(CLAIM)}},
    }


@pytest.mark.parametrize(
    "document",
    [STATEFUL_SET, operated("Prometheus"), operated("Alertmanager")],
    ids=lambda document: document["kind"],
)
def test_a_claim_within_is_taken(document: dict[str, Any]):
    assert validate(document, kubernetes_version="1.36") == []


@pytest.mark.parametrize("kind", ["Prometheus", "Alertmanager"])
def test_a_claim_with_an_unknown_field_is_not(kind: str):
    document = operated(kind)
    document["spec"]["storage"]["volumeClaimTemplate"]["sepc"] = {}
    (problem,) = validate(document, kubernetes_version="1.36")
    assert problem.path == "spec.storage.volumeClaimTemplate.sepc"


def test_a_mount_of_no_claim_is_not():
    document = copy.deepcopy(STATEFUL_SET)
    document["spec"]["volumeClaimTemplates"][0]["metadata"]["name"] = "other"
    (problem,) = validate(document, kubernetes_version="1.36")
    assert problem.message == "there is no volume data"
