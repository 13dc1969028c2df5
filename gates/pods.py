"""The pods of Kubernetes documents, of every kind that holds a template of one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from review.schemas.pods import templates

CONTAINERS = ("initContainers", "containers", "ephemeralContainers")

Object = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Pod:
    """A pod's template. place: kind and name of the document that it stands in."""

    place: str
    spec: Object
    annotations: Object

    @property
    def containers(self) -> Iterator[tuple[str, Object]]:
        """Name and container, of each container of every kind."""
        for kind in CONTAINERS:
            for container in self.spec.get(kind) or ():
                yield f"container {container.get('name', '(no name)')}", container

    @property
    def contexts(self) -> Iterator[tuple[str, Object]]:
        """The pod's own security context and each container's."""
        yield "the pod", self.spec.get("securityContext") or {}
        for name, container in self.containers:
            yield name, container.get("securityContext") or {}

    def settled(self, field: str) -> Iterator[tuple[str, Any]]:
        """What holds for each container: its own value of a field, else the pod's."""
        pods_own = (self.spec.get("securityContext") or {}).get(field)
        for name, container in self.containers:
            own = (container.get("securityContext") or {}).get(field)
            yield name, pods_own if own is None else own


def pods(documents: Iterable[dict[str, Any]]) -> Iterator[Pod]:
    """Every pod of the documents; those of no such kind have none."""
    for document in documents:
        for _, template in templates(document):
            yield Pod(
                place=f"{document['kind']} {document['metadata'].get('name')}",
                spec=template["spec"],
                annotations=(template.get("metadata") or {}).get("annotations") or {},
            )
