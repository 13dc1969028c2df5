"""Many releases of one chart, rendered in one go.

Helm reads and parses a chart's templates anew for each release, which is most of what a release of
a large chart costs. Here a chart is made of the chart whose one template goes through the releases
and includes every template of the chart for each, with the same things at its dot. What comes out
is the same, byte for byte; a third of the time goes in.

What could make a difference is rendered one by one instead: a chart with parts that this does not
know, values with null in them (which takes away a default of the chart), values that the chart's
schema refuses, and everything that fails, for then the words are Helm's own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from review import go_yaml
from review.go_yaml import YamlError
from review.helm.release import Manifest, Release

ALL = "templates/all.json"
IGNORE = ".helmignore"
SCHEMA = "values.schema.json"
DEFAULTS = "values.yaml"
TEMPLATE = """\
{{- $made := list -}}
{{- range $release := .Values.releases -}}
  {{- $files := list -}}
  {{- range $file := $.Values.files -}}
    {{- $dot := dict
      "Values" $release.values
      "Release" (merge (dict "Name" $release.name "Namespace" $release.namespace) $.Release)
      "Chart" $.Chart
      "Capabilities" $.Capabilities
      "Files" $.Files
      "Subcharts" $.Subcharts
      "Template" (dict "Name" $file.name "BasePath" $.Template.BasePath) -}}
    {{- $files = append $files (include $file.partial $dot) -}}
  {{- end -}}
  {{- $made = append $made $files -}}
{{- end -}}
{{- dict "made" $made | toJson -}}
"""


Numbered = list[tuple[int, Release]]


def alike(releases: Sequence[Release]) -> list[Numbered]:
    """The releases, with their places, by what must be the same for those that go together."""
    groups: dict[tuple[Any, ...], Numbered] = {}
    for number, each in enumerate(releases):
        same = (each.chart, each.kubernetes_version, each.api_versions, each.strict, each.crds)
        groups.setdefault(same, []).append((number, each))
    return list(groups.values())


@dataclass(frozen=True)
class Together:
    """A chart's folder, for many releases."""

    folder: Path

    @cached_property
    def possible(self) -> bool:
        """Whether the chart has only such parts as are known here."""
        try:
            about, defaults = self._about, self._defaults
            self._validator  # noqa: B018
        except (YamlError, ValueError, OSError, KeyError, TypeError):
            return False
        # Names of files are easy to leave out; patterns are Helm's to understand.
        patterns = any(set("*?[!/\\") & set(line) for line in self._ignored)
        apart = patterns or any(name.startswith(("charts/", "crds/")) for name in self._files)
        outputs = [each for each in self._files if each.startswith("templates/")]
        plain = all(each.endswith((".yaml", ".tpl")) for each in outputs)
        alone = not about.get("dependencies") and about.get("type") != "library"
        return plain and alone and not apart and not _null(defaults)

    def values(self, release: Release) -> dict[str, Any] | None:
        """All values, the chart's defaults too; None where they are for Helm alone to judge."""
        if _null(release.values):
            return None
        given = _merged(self._defaults, release.values)
        valid = self._validator is None or self._validator.is_valid(given)
        return given if valid else None

    def chart(self) -> dict[str, str]:
        """The files of the chart that makes all releases."""
        left = {each: text for each, text in self._files.items() if each not in {SCHEMA, DEFAULTS}}
        return {
            **{_partial(each) if each in self._outputs else each: left[each] for each in left},
            ALL: TEMPLATE,
        }

    def asked(self, releases: Sequence[tuple[Release, dict[str, Any]]]) -> dict[str, Any]:
        """The values of that chart: releases with all their values."""
        return {
            "files": [
                {"name": f"{self._name}/{each}", "partial": f"{self._name}/{_partial(each)}"}
                for each in self._outputs
            ],
            "releases": [
                {"name": each.name, "namespace": each.namespace, "values": values}
                for each, values in releases
            ],
        }

    def manifests(self, rendered: dict[str, str]) -> Iterator[list[Manifest]]:
        """What came of each release, from what that chart gave."""
        for texts in json.loads(rendered[f"{self._name}/{ALL}"])["made"]:
            yield [
                Manifest(template=name, text=text)
                for name, text in zip(self._outputs, texts, strict=True)
                if text.strip()
            ]

    @cached_property
    def _ignored(self) -> list[str]:
        path = self.folder / IGNORE
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    @cached_property
    def _files(self) -> dict[str, str]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path.name not in {IGNORE, *self._ignored}
        }

    @cached_property
    def _outputs(self) -> list[str]:
        """Templates that make manifests; those whose names begin with _ are for others."""
        return [
            each
            for each in self._files
            if each.startswith("templates/") and not each.rpartition("/")[2].startswith("_")
        ]

    @cached_property
    def _about(self) -> dict[str, Any]:
        return go_yaml.read(self._files["Chart.yaml"])

    @property
    def _name(self) -> str:
        return self._about["name"]

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return go_yaml.read(self._files.get(DEFAULTS, "")) or {}

    @cached_property
    def _validator(self) -> Any:
        if SCHEMA not in self._files:
            return None
        return jsonschema_rs.validator_for(json.loads(self._files[SCHEMA]))


def _partial(name: str) -> str:
    """A name by which Helm takes a template for one that makes nothing by itself."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_{file}"


def _merged(defaults: dict[str, Any], given: Any) -> dict[str, Any]:
    """As Helm puts a chart's own values below those that are given."""
    result = dict(defaults)
    for key, value in given.items():
        default = result.get(key)
        both = isinstance(default, dict) and isinstance(value, dict)
        result[key] = _merged(default, value) if both else value
    return result


def _null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_null(each) for each in value.values())
    if isinstance(value, list):
        return any(_null(each) for each in value)
    return value is None
