"""Many releases of one chart, rendered in one go.

Helm reads and parses a chart's templates anew for each release, which is most of what a release of
a large chart costs. Here a chart is made of the chart whose one template goes through the releases
and includes every template of the chart for each, with the same things at its dot. What comes out
is the same, byte for byte; a third of the time goes in.

As in Helm, the templates of a release share one dot and go in Helm's order, so that what one of
them sets the next one finds; no two releases share anything that a template can set.

What could make a difference is rendered one by one instead: a chart with parts that this does not
know, values with null in them (which takes away a default of the chart), values that the chart's
schema refuses, and everything that fails, for then the words are Helm's own.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from review import go_yaml
from review.go_yaml import YamlError
from review.helm.release import Manifest, Release
from review.helm.values import merged

ALL = "templates/all.json"
IGNORE = ".helmignore"
# What Helm leaves out whatever .helmignore says.
HIDDEN = "templates/."
SCHEMA = "values.schema.json"
DEFAULTS = "values.yaml"
# Two definitions of one name: which of them counts follows from the names of their files.
DEFINITION = re.compile(r"\{\{-?\s*(?:define|block)\s+([\"`][^\"`]*[\"`])")
# What tells Helm's own types of these apart, which are maps here.
TYPES = re.compile(r"\btype(?:Of|Is|IsLike)\b|%T|%#v")
TEMPLATE = """\
{{- $made := list -}}
{{- range $release := .Values.releases -}}
  {{- $files := list -}}
  {{- $dot := dict
    "Values" $release.values
    "Release" (merge (dict "Name" $release.name "Namespace" $release.namespace) $.Release)
    "Chart" $.Chart
    "Capabilities" $.Capabilities
    "Files" $.Files
    "Subcharts" dict -}}
  {{- range $file := $.Values.files -}}
    {{- $template := dict "Name" $file.name "BasePath" $.Template.BasePath -}}
    {{- $files = append $files (include $file.partial (set $dot "Template" $template)) -}}
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
        if not isinstance(about, dict) or not isinstance(defaults, dict):
            return False
        # Names of files are easy to leave out; patterns are Helm's to understand.
        patterns = any(set("*?[!/\\") & set(line) for line in self._ignored)
        apart = patterns or any(name.startswith(("charts/", "crds/")) for name in self._files)
        links = any(path.is_symlink() for path in self.folder.rglob("*"))
        templates = [each for each in self._files if each.startswith("templates/")]
        plain = all(each.endswith((".yaml", ".tpl")) for each in templates)
        alone = not about.get("dependencies") and about.get("type") != "library"
        if not plain or not alone or apart or links or _null(defaults):
            return False
        taken = any(_partial(each) in self._files for each in self._outputs)
        text = "".join(self._files[each] for each in templates)
        defined = DEFINITION.findall(text)
        return not taken and not TYPES.search(text) and len(set(defined)) == len(defined)

    def values(self, release: Release) -> dict[str, Any] | None:
        """All values, the chart's defaults too; None where they are for Helm alone to judge."""
        if _null(release.values):
            return None
        given = merged(self._defaults, release.values)
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
                for each in self._rendered
            ],
            "releases": [
                {"name": each.name, "namespace": each.namespace, "values": values}
                for each, values in releases
            ],
        }

    def manifests(self, rendered: dict[str, str]) -> Iterator[list[Manifest]]:
        """What came of each release, from what that chart gave."""
        for texts in json.loads(rendered[f"{self._name}/{ALL}"])["made"]:
            found = dict(zip(self._rendered, texts, strict=True))
            yield [
                Manifest(template=name, text=found[name])
                for name in self._outputs
                if found[name].strip()
            ]

    @cached_property
    def _ignored(self) -> list[str]:
        path = self.folder / IGNORE
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    @cached_property
    def _files(self) -> dict[str, str]:
        """Path → text with its own line ends, in the order of the paths."""
        paths = {
            path.relative_to(self.folder).as_posix(): path
            for path in self.folder.rglob("*")
            if path.is_file()
        }
        return {
            name: paths[name].read_bytes().decode()
            for name in sorted(paths)
            if not set(name.split("/")) & set(self._ignored)
            if not name.startswith(HIDDEN)
        }

    @cached_property
    def _outputs(self) -> list[str]:
        """Templates that make manifests; those whose names begin with _ are for others."""
        return [
            each
            for each in self._files
            if each.startswith("templates/") and not each.rpartition("/")[2].startswith("_")
        ]

    @property
    def _rendered(self) -> list[str]:
        """The same in the order in which Helm goes through them: the deepest first, then from the
        last name to the first (`byPathLen` of its engine).
        """
        return sorted(self._outputs, key=lambda name: (name.count("/"), name), reverse=True)

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
        # Patterns as Go has them: one that looks ahead is an error, and then for Helm to tell.
        options = jsonschema_rs.RegexOptions()
        return jsonschema_rs.validator_for(json.loads(self._files[SCHEMA]), pattern_options=options)


def _partial(name: str) -> str:
    """A name by which Helm takes a template for one that makes nothing by itself."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_{file}"


def _null(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_null(each) for each in value.values())
    if isinstance(value, list):
        return any(_null(each) for each in value)
    return value is None
