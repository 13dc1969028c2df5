"""A pod's template, as the Pod Security Standards look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from review.rules.fields import Object, map_at, maps_at, text_at

CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
Steps = list[str | int]


@dataclass(frozen=True, kw_only=True)
class Breach:
    """A control that the pod breaks. steps: where, from the template on. message: what, and the
    mend."""

    steps: Steps
    message: str


@dataclass(frozen=True, kw_only=True)
class Pod:
    template: Object

    @property
    def spec(self) -> Object:
        return map_at(self.template, "spec")

    @property
    def annotations(self) -> Object:
        return map_at(self.template, "metadata", "annotations")

    @property
    def windows(self) -> bool:
        return text_at(self.spec, "os", "name") == "windows"

    @property
    def in_user_namespace(self) -> bool:
        """Whether root in the pod is nobody on the node."""
        return self.spec.get("hostUsers") is False

    def containers(self) -> Iterator[tuple[Steps, Object]]:
        for field in CONTAINERS:
            for index, container in enumerate(maps_at(self.spec, field)):
                yield ["spec", field, index], container

    def contexts(self) -> Iterator[tuple[Steps, Object]]:
        """The security contexts that are there: the pod's own, and each container's."""
        if context := map_at(self.spec, "securityContext"):
            yield ["spec", "securityContext"], context
        for steps, container in self.containers():
            if context := map_at(container, "securityContext"):
                yield [*steps, "securityContext"], context

    def settled(self, field: str) -> Iterator[tuple[Steps, Any]]:
        """What holds for each container: its own value of a field, else the pod's."""
        whole = map_at(self.spec, "securityContext").get(field)
        for steps, container in self.containers():
            own = map_at(container, "securityContext").get(field)
            yield [*steps, "securityContext", field], whole if own is None else own
