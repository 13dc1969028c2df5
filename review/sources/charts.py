"""Third-party charts on this machine: a folder of charts, unpacked or packed."""

import re
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from review.go_yaml import YamlError
from review.helm import engine


@dataclass(frozen=True)
class Charts:
    """folder: holds `<name>/<version>/`, `<name>/`, `<name>-<version>.tgz` or `<name>.tgz`.
    None: there are no charts."""

    folder: Path | None

    def find(self, name: str, version: str) -> Path | None:
        """The chart's folder or archive, of exactly this version by its own Chart.yaml.

        name: may be a path in an OCI registry, of which the last part is the chart.
        """
        if self.folder is None:
            return None
        last = name.rpartition("/")[2]
        for path in (
            self.folder / last / version,
            self.folder / last,
            self.folder / f"{last}-{version}.tgz",
            self.folder / f"{last}.tgz",
        ):
            if _version(path) == version.removeprefix("v"):
                return path
        return None


@cache
def _version(chart: Path) -> str | None:
    """The version in a chart's Chart.yaml, without a leading v; None where there is no chart."""
    if (chart / "Chart.yaml").is_file() and (chart / "templates").is_dir():
        text = (chart / "Chart.yaml").read_text(encoding="utf-8")
    elif chart.suffix == ".tgz" and chart.is_file():
        text = _packed(chart)
    else:
        return None
    try:
        metadata = engine().read(text)
    except YamlError:
        return None
    return (
        str(metadata.get("version", "")).removeprefix("v") if isinstance(metadata, dict) else None
    )


def _packed(archive: Path) -> str:
    with tarfile.open(archive) as members:
        for member in members:
            if re.fullmatch(r"[^/]+/Chart\.yaml", member.name) and (
                file := members.extractfile(member)
            ):
                return file.read().decode()
    return ""
