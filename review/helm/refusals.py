"""What the command `helm` refuses before it renders, and the library does not."""

import re
from collections.abc import Iterable
from typing import Any

from review.helm.release import ChartError, Fault, Release

# https://helm.sh/docs/chart_best_practices/conventions/ and Helm's own message.
NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
LONGEST_NAME = 53


def refuse(release: Release, *, metadata: dict[str, Any], dependencies: Iterable[str]) -> None:
    """Raises: ChartError.

    metadata: of Chart.yaml. dependencies: names of the charts that are in `charts/`.
    """
    there = set(dependencies)
    missing = [
        each["name"]
        for each in metadata.get("dependencies") or []
        if each["name"] not in there and each.get("alias") not in there
    ]
    if not NAME.fullmatch(release.name) or len(release.name) > LONGEST_NAME:
        raise _error(
            f'"{release.name}" is no name of a release: at most {LONGEST_NAME} of a-z, 0-9, - and .'
        )
    if metadata.get("type") == "library":
        raise _error("is a library chart, which makes nothing by itself")
    if missing:
        raise _error(f"{', '.join(missing)} is in Chart.yaml and not in charts/")


def _error(message: str) -> ChartError:
    return ChartError([Fault(message=message)])
