"""The documents of one environment, found by kind, namespace and name."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from review.render import Rendering
from review.rules.placed import Placed
from review.rules.selectors import Labelled
from review.rules.workloads import Workload, workloads

# The AppProject of the services, which lets them make nothing beyond their namespaces.
SERVICES = "services"


@dataclass(kw_only=True)
class Objects:
    """What one environment's cluster is given."""

    rendering: Rendering
    _kinds: dict[str, list[Placed]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _names: dict[tuple[str, str, str], Placed] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for application in self.rendering.applications:
            for document in application.documents:
                placed = Placed(document=document, application=application)
                self._kinds[document.kind].append(placed)
                self._names.setdefault((document.kind, document.namespace, document.name), placed)

    @property
    def environment(self) -> str:
        return self.rendering.environment.name

    @property
    def facts(self) -> dict[str, Any]:
        return self.rendering.environment.facts

    def of(self, *kinds: str) -> list[Placed]:
        """Every document of these kinds, in the order in which they were made."""
        return [each for kind in kinds for each in self._kinds.get(kind, ())]

    def named(self, kind: str, name: str, *, namespace: str = "") -> Placed | None:
        """The document of this name; `namespace` is empty for what stands in none."""
        return self._names.get((kind, namespace, name))

    @cached_property
    def workloads(self) -> list[Workload]:
        """What runs pods."""
        return workloads(self._kinds)

    @cached_property
    def labelled(self) -> Labelled:
        """What runs pods, by the pods' labels."""
        return Labelled(self.workloads)

    @cached_property
    def namespaces(self) -> dict[str, Placed]:
        """The namespaces that the environment itself makes."""
        return {each.name: each for each in self.of("Namespace")}

    def unmade(self, namespace: str = "") -> list[str]:
        """Names of the applications of which not all was rendered, and whose missing documents
        may stand in this namespace; without one, in none.

        A chart of others, or a service of ours, makes things in its application's own namespace;
        another source of ours that failed may have made anything.
        """
        return [
            name
            for name, place in self._unmade
            if not place or (namespace and (place == namespace or namespace not in self.namespaces))
        ]

    @cached_property
    def _unmade(self) -> list[tuple[str, str]]:
        """Application, and the namespace that its missing documents stand in; empty for any."""
        found = [
            (each.name, each.namespace) for each in self.rendering.applications if each.not_rendered
        ]
        found += [
            (each.name, each.namespace if each.spec.get("project") == SERVICES else "")
            for each in self.rendering.applications
            if any(problem.severity == "error" for problem in each.problems)
        ]
        return found
