"""Each third-party chart, our values for it, and which of its maps take any key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from stacks.argocd import FOLDER, borders_values, chart_values
from stacks.environments import PLATFORM

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart.

    name: its folder among the charts' own values.
    ours: all documents of values that it is ever given, each under the name of where it stands.
    open_maps: paths of maps that take any key, though the chart's own values have some in them.
    """

    name: str
    ours: Callable[[], dict[str, Values]]
    open_maps: tuple[str, ...] = ()


def files(folder: Path, pattern: str = "values*.yaml") -> dict[str, Values]:
    """Every values file of a folder, by its name."""
    return {path.name: yaml.safe_load(path.read_text()) for path in sorted(folder.glob(pattern))}


def _argo_cd() -> dict[str, Values]:
    documents = files(FOLDER)
    for environment in PLATFORM.environments:
        *_, own = chart_values(environment)
        documents[f"settings of {environment.name}"] = yaml.safe_load(own)
    return documents


def _argocd_apps() -> dict[str, Values]:
    return {each.name: yaml.safe_load(borders_values(each)) for each in PLATFORM.environments}


CHARTS: Iterable[Chart] = (
    Chart(
        name="argo-cd",
        ours=_argo_cd,
        open_maps=(
            "configs.cm",  # keys of argocd-cm
            "configs.params",  # keys of argocd-cmd-params-cm
            "configs.rbac",  # keys of argocd-rbac-cm
            "global.nodeSelector",  # labels of nodes
            "redis-ha",  # a chart of its own
        ),
    ),
    Chart(name="argocd-apps", ours=_argocd_apps),
)
