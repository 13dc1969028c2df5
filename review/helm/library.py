"""Helm as a library in this process."""

import io
import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from helm_python import Chart, _native, values_from_yaml
from helm_python.errors import HelmChartLoadError, HelmError, HelmValuesError

from review import go_yaml
from review.go_yaml import YamlError
from review.helm import faults, rows, together
from review.helm.refusals import refuse
from review.helm.release import ChartError, Fault, Manifest, Release
from review.helm.together import Numbered, Together

# A key of ours over a list or a scalar: the library reads objects alone.
KEY = "document"
# Below this, one by one is as fast.
FEWEST = 3
Ready = tuple[int, Release, dict[str, Any]]


class LibraryEngine:
    def render(self, release: Release) -> list[Manifest]:
        try:
            # Rendering takes disabled dependencies out of a chart for good: a fresh one each time.
            with Chart.load(release.chart) as chart:
                self._refuse(chart, release)
                crds = chart.crds if release.crds else []
                found = _render(chart, release)
        except HelmChartLoadError as error:
            raise ChartError([Fault(message=f"is no chart that can be loaded: {error}")]) from error
        except HelmError as error:
            raise faults.chart_error(str(error)) from error
        manifests = [
            Manifest(template=each["filename"].partition("/")[2], text=each["data"])
            for each in crds
        ]
        manifests += [
            Manifest(template=name.partition("/")[2], text=text) for name, text in found.items()
        ]
        return [
            each
            for each in manifests
            if each.text.strip() and not each.template.endswith("NOTES.txt")
        ]

    def render_all(self, releases: Sequence[Release]) -> Iterator[list[Manifest] | ChartError]:
        made: dict[int, list[Manifest]] = {}
        for alike in together.alike(releases):
            chart = Together(alike[0][1].chart)
            if len(alike) >= FEWEST and chart.possible:
                made |= self._together(chart, list(self._ready(chart, alike)))
        for number, each in enumerate(releases):
            try:
                yield made.pop(number) if number in made else self.render(each)
            except ChartError as error:
                yield error

    def _ready(self, chart: Together, releases: Numbered) -> Iterator[Ready]:
        try:
            loaded = Chart.load(chart.folder)
        except HelmChartLoadError:
            return  # by itself each of them tells why
        with loaded:
            for number, each in releases:
                try:
                    self._refuse(loaded, each)
                except ChartError:
                    continue
                values = chart.values(each)
                if values is not None:
                    yield number, each, values

    def _together(self, chart: Together, ready: list[Ready]) -> dict[int, list[Manifest]]:
        """Those of the releases that can be rendered in one go; one that fails is left out."""
        if len(ready) < FEWEST:
            return {}
        asked = chart.asked([(release, values) for _, release, values in ready])
        try:
            with Chart.load_archive(_archive(chart.chart())) as loaded:
                rendered = _render(loaded, replace(ready[0][1], values=asked))
        except HelmError:
            half = len(ready) // 2
            return {**self._together(chart, ready[:half]), **self._together(chart, ready[half:])}
        made = chart.manifests(rendered)
        return {number: each for (number, _, _), each in zip(ready, made, strict=True)}

    def _refuse(self, chart: Chart, release: Release) -> None:
        metadata = chart.metadata
        names = [each["name"] for each in chart.dependencies]
        refuse(release, metadata=metadata, dependencies=names)
        if wanted := metadata.get("kubeVersion"):
            compare = f'{{{{ semverCompare .wanted "v{release.kubernetes_version}.0" }}}}'
            if self.evaluate([compare], [{"wanted": wanted}]) != [["true"]]:
                version = release.kubernetes_version
                said = f"is for Kubernetes {wanted}, and the cluster has {version}"
                raise ChartError([Fault(message=said)])

    def read(self, text: str) -> Any:
        try:
            return values_from_yaml(text) if text.strip() else None
        except RecursionError:
            raise YamlError(go_yaml.TOO_DEEP) from None
        except HelmValuesError as error:
            if "cannot unmarshal" not in str(error):
                raise _yaml_error(str(error), text) from error
        # No object. A list at the left edge may stand under a key as it is; anything else is put
        # to the right of it.
        body = re.sub(r"\A(\s*(#[^\n]*)?\n)*(---[^\S\n]*\n)?", "", text)
        try:
            under = f"{KEY}:\n{body}" if body.startswith("-") else f"{KEY}: {body}"
            return values_from_yaml(under)[KEY]
        except HelmError as error:
            raise _yaml_error(str(error), text) from error

    def evaluate(self, templates: list[str], contexts: list[dict[str, Any]]) -> list[list[str]]:
        release = {"strict": True, "name": rows.NAME, "namespace": "default"}
        try:
            with Chart.load_archive(_archive(rows.chart(templates))) as chart:
                rendered = _native.call_string(
                    "helm_render",
                    chart._raw(),
                    json.dumps(rows.values(templates, contexts)),
                    json.dumps(release),
                )
        except HelmError as error:
            raise faults.chart_error(str(error)) from error
        return json.loads(json.loads(rendered)[f"{rows.NAME}/{rows.FILE}"])["rows"]


def _render(chart: Chart, release: Release) -> dict[str, str]:
    """`Chart.render` hides strict, kube_version and api_versions, which the call below it takes."""
    options = {
        "name": release.name,
        "namespace": release.namespace,
        "strict": release.strict,
        "kube_version": f"v{release.kubernetes_version}.0",
        "api_versions": list(release.api_versions),
    }
    text = _native.call_string(
        "helm_render", chart._raw(), json.dumps(release.values), json.dumps(options)
    )
    return json.loads(text)


def _archive(files: dict[str, str]) -> bytes:
    """A chart packed in memory."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as archive:
        for name, text in files.items():
            data = text.encode()
            member = tarfile.TarInfo(f"{rows.NAME}/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def _yaml_error(said: str, text: str) -> YamlError:
    """PyYAML knows better where a text stops being YAML; what it takes, only Go's words tell."""
    try:
        go_yaml.read(text)
    except YamlError as error:
        return error
    found = re.search(r"line (\d+): (.*)", said, re.DOTALL)
    message = found[2] if found else said.removeprefix("error converting YAML to JSON: ")
    return YamlError(message.strip(), line=int(found[1]) if found else None)
