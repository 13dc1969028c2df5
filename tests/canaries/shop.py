"""The service `shop`, well made but for what a canary puts into it."""

import copy
from collections.abc import Mapping
from typing import Any

from tests.canaries.canary import Canary, Gate

Document = dict[str, Any]

CONTAINER: Document = {
    "name": "shop",
    "image": "111111111111.dkr.ecr.eu-central-1.amazonaws.com/tribe/shop@sha256:" + "0" * 64,
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    },
    "resources": {
        "requests": {"cpu": "1", "memory": "1Gi"},
        "limits": {"cpu": "1", "memory": "1Gi"},
    },
}
POD: Document = {
    "serviceAccountName": "shop",
    "automountServiceAccountToken": False,
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
    "containers": [CONTAINER],
}


def workload(kind: str = "Deployment", *, pod: Mapping[str, Any] | None = None) -> Document:
    """The service `shop`, well made but for what is laid over its pod's spec."""
    version = "argoproj.io/v1alpha1" if kind == "Rollout" else "apps/v1"
    spec = {**copy.deepcopy(POD), **(pod or {})}
    labels = {"app": "shop"}
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": "shop", "namespace": "api-services"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": spec},
        },
    }


def container(**over: Any) -> list[Document]:
    """The pod's one container with something else in it; its security context is merged."""
    made = copy.deepcopy(CONTAINER)
    made["securityContext"].update(over.pop("securityContext", {}))
    return [{**made, **over}]


def beside(**security: Any) -> list[Document]:
    """An init container of that name's own security context, which is easily looked past."""
    (made,) = container(securityContext=security)
    return [{**made, "name": "first"}]


def secured(**over: Any) -> dict[str, Any]:
    """The pod's own security context with something else in it."""
    return {**POD["securityContext"], **over}


def shop(claim: str, bad: Document, rejected_by: Mapping[Gate, str]) -> Canary:
    return Canary(claim=claim, bad=[bad], rejected_by=rejected_by)
