"""Kubernetes documents of the service `shop`, as small as they can be."""

from typing import Any

Document = dict[str, Any]


def document(api_version: str, kind: str, **fields: Any) -> Document:
    metadata = {"name": "shop", "namespace": "api-services", **fields.pop("metadata", {})}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **fields}
