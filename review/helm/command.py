"""Helm as the command `helm`, for machines on which the library has no wheel.

`helm template` has no strict mode: a key that is missing in a chart's values comes out as nothing,
as it would in the cluster. Templates of ApplicationSets are held to their keys here all the same.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from review import go_yaml
from review.could_not_run import CouldNotRun
from review.helm import faults, keys, rows
from review.helm.release import ChartError, Manifest, Release

VARIABLE = "TRIBE_HELM"
SOURCE = re.compile(r"^# Source: [^/\n]+/(?P<template>.+)$", re.MULTILINE)
SECONDS = 120


class HelmMissing(CouldNotRun):
    """There is neither the library nor the command."""


@dataclass(frozen=True)
class CommandEngine:
    path: str

    @classmethod
    def found(cls) -> Self:
        """The command on this machine. Raises: HelmMissing."""
        path = os.environ.get(VARIABLE) or shutil.which("helm")
        if not path:
            raise HelmMissing(
                "Charts cannot be rendered: helm-python-sdk has no wheel for this machine, and"
                f" there is no helm on PATH. Install helm 4, or name it in {VARIABLE}."
            )
        return cls(path)

    def render(self, release: Release) -> list[Manifest]:
        with tempfile.TemporaryDirectory() as folder:
            values = Path(folder, "values.json")
            values.write_text(json.dumps(release.values))
            arguments = [
                *("template", release.name, str(release.chart)),
                *("--namespace", release.namespace),
                *("--kube-version", f"v{release.kubernetes_version}.0"),
                *("--values", str(values)),
            ]
            for version in release.api_versions:
                arguments += ["--api-versions", version]
            if release.crds:
                arguments.append("--include-crds")
            text = self._run(arguments)
        return list(_manifests(text))

    def render_all(self, releases: Sequence[Release]) -> Iterator[list[Manifest] | ChartError]:
        for each in releases:
            try:
                yield self.render(each)
            except ChartError as error:
                yield error

    def read(self, text: str) -> Any:
        return go_yaml.read(text)

    def evaluate(self, templates: list[str], contexts: list[dict[str, Any]]) -> list[list[str]]:
        for template in templates:
            for context in contexts:
                keys.require(template, context)
        with tempfile.TemporaryDirectory() as folder:
            for name, content in rows.chart(templates).items():
                path = Path(folder, rows.NAME, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content)
            values = Path(folder, "values.json")
            values.write_text(json.dumps(rows.values(templates, contexts)))
            chart = str(Path(folder, rows.NAME))
            text = self._run(["template", rows.NAME, chart, "--values", str(values)])
        return json.loads(SOURCE.split(text)[-1])["rows"]

    def _run(self, arguments: list[str]) -> str:
        done = subprocess.run(
            [self.path, *arguments], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        if done.returncode:
            said = done.stderr.partition("\nUse --debug flag")[0].rpartition("Error: ")[2]
            raise faults.chart_error(said)
        return done.stdout


def _manifests(text: str) -> Any:
    """One manifest for each document; `# Source:` in it names the template."""
    for part in re.split(r"^---\n", text, flags=re.MULTILINE):
        found = SOURCE.search(part)
        if found and part.replace(found[0], "").strip():
            yield Manifest(template=found["template"], text=part)
