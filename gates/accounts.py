"""As whom pods run, and where they stand: never as a namespace's default account, nor in default.

The ids are those of the CIS Amazon EKS Benchmark 1.8.0.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from gates.pods import pods


def default_accounts(documents: Iterable[dict[str, Any]]) -> list[str]:
    """Pods that run as their namespace's default service account."""
    return [
        f"{place} runs as the default service account (4.1.5). Give it one of its own."
        for place, pod in pods(documents)
        if pod.spec.get("serviceAccountName", "default") in ("", "default")
    ]


def mounted_tokens(documents: Iterable[dict[str, Any]]) -> list[str]:
    """Pods that bear a token of the API server, which none of ours speaks to."""
    return [
        f"{place} mounts its service account's token (4.1.6). "
        "Write automountServiceAccountToken: false."
        for place, pod in pods(documents)
        if pod.spec.get("automountServiceAccountToken") is not False
    ]


def in_default_namespace(documents: Iterable[Mapping[str, Any]]) -> list[str]:
    """Documents that stand in the namespace default, and Applications that lead there."""
    return [
        f"{document['kind']} {document['metadata']['name']} stands in the namespace default "
        "(4.5.2). Name another."
        for document in documents
        if "default"
        in (
            document["metadata"].get("namespace"),
            document.get("spec", {}).get("destination", {}).get("namespace")
            if document["kind"] == "Application"
            else None,
        )
    ]
