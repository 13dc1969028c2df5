"""The pods of Kubernetes documents, of every kind that holds a template of one."""

from collections.abc import Iterable, Iterator
from typing import Any

from review.rules.pod import Pod
from review.schemas.pods import templates


def pods(documents: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Pod]]:
    """Every pod of the documents, after kind and name of the one that it stands in."""
    for document in documents:
        for _, template in templates(document):
            yield f"{document['kind']} {document['metadata'].get('name')}", Pod(template=template)
