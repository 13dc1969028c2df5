"""What Helm is asked for, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Release:
    """One chart with its values, as `helm template` takes it.

    chart: a chart's folder or its .tgz.
    kubernetes_version: "1.36".
    api_versions: "argoproj.io/v1alpha1" or "argoproj.io/v1alpha1/Rollout", beside those built in.
    strict: whether a key that is not in the values is an error, instead of nothing.
    crds: whether the manifests of `crds/` are part of the answer.
    """

    chart: Path
    name: str
    namespace: str
    kubernetes_version: str
    values: Mapping[str, Any] = field(default_factory=dict)
    api_versions: tuple[str, ...] = ()
    strict: bool = True
    crds: bool = True


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What came of one template. `template`: its path in the chart, `templates/deployment.yaml`."""

    template: str
    text: str


class ChartError(Exception):
    """A chart that does not render.

    faults: one or more; a values schema says all of its own at once.
    """

    def __init__(self, faults: "list[Fault]") -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a chart does not render.

    template, line: where in the chart, if it is a template's fault.
    value: the path in the values, `["image", "tag"]`, if it is theirs; else None.
    """

    message: str
    template: str = ""
    line: int | None = None
    value: tuple[str | int, ...] | None = None

    def __str__(self) -> str:
        place = f"{self.template}:{self.line}: " if self.line else ""
        value = f"{'.'.join(str(step) for step in self.value)}: " if self.value else ""
        return f"{place}{value}{self.message}"
