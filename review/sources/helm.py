"""A Helm chart with its value files.

Order of precedence, last wins: the chart's own values, `valueFiles` in their order, then
`valuesObject` or, without it, `values`: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review import documents
from review.documents import Document
from review.go_yaml import YamlError
from review.helm import ChartError, Release, engine
from review.helm.release import Fault, Manifest
from review.problem import Problem, path_of
from review.repository import Repository
from review.sources import value_files
from review.sources.application import Application
from review.sources.cluster import Cluster
from review.sources.value_files import Values

# What would change what comes out, and is not done here. `version`, `passCredentials` and the like
# change nothing.
REFUSED = ("parameters", "fileParameters", "skipSchemaValidation")
HOOK = "helm.sh/hook"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A release that is to be rendered, and what says where its faults are.

    place: the chart, as people find it. given: its values, file by file.
    """

    release: Release
    place: str
    given: list[Values]
    own: bool

    def documents(self, rendered: list[Manifest] | ChartError) -> Iterator[Document | Problem]:
        """What Helm made of the release, or what keeps it from being made."""
        if isinstance(rendered, ChartError):
            for fault in rendered.faults:
                yield _problem(fault, self.place, self.given)
            return
        for manifest in rendered:
            file = f"{self.place.strip()}/{manifest.template}"
            for each in documents.read(manifest.text, file=file, lines=False, own=self.own):
                if not isinstance(each, Document) or not _test(each):
                    yield each


def plan(
    chart: Path,
    source: dict[str, Any],
    application: Application,
    *,
    repository: Repository,
    cluster: Cluster,
    own: bool,
) -> Planned | list[Problem]:
    """The release of a source, or why it cannot be rendered.

    own: whether the chart is of this repository, and its templates are held to the keys they name;
        third-party charts may rely on a missing one being nothing.
    """
    options = source.get("helm") or {}
    for name in REFUSED:
        if options.get(name):
            said = f"helm.{name} is not rendered here; use value files or valuesObject"
            return [_unsupported(said)]
    given, problems = _values(source, application, repository=repository)
    if problems:
        return problems
    place = source["path"] if own else f"{source['chart']} {source.get('targetRevision', '')}"
    # Three hundred names with every render: only for a chart that asks for them.
    asks = not own or any(
        "Capabilities" in repository.text(each) for each in _templates(source, repository)
    )
    release = Release(
        chart=chart,
        name=options.get("releaseName") or application.name,
        namespace=options.get("namespace") or application.namespace,
        kubernetes_version=options.get("kubeVersion") or cluster.kubernetes_version,
        api_versions=tuple(options.get("apiVersions") or cluster.api_versions) if asks else (),
        values=value_files.merged([each.content for each in given]),
        strict=own,
        crds=not options.get("skipCrds"),
    )
    return Planned(release=release, place=place, given=given, own=own)


def _templates(source: dict[str, Any], repository: Repository) -> list[str]:
    return repository.below(posixpath.normpath(f"{source['path']}/templates"))


def _values(
    source: dict[str, Any], application: Application, *, repository: Repository
) -> tuple[list[Values], list[Problem]]:
    options = source.get("helm") or {}
    given, problems = value_files.read(source, application, repository=repository)
    if options.get("valuesObject"):
        given.append(Values(file="", content=options["valuesObject"]))
    elif options.get("values"):
        try:
            content = engine().read(options["values"]) or {}
        except YamlError as error:
            problems.append(_unsupported(f"helm.values is no YAML: {error}"))
        else:
            given.append(Values(file="", content=content))
    return given, problems


def _problem(fault: Fault, chart: str, given: list[Values]) -> Problem:
    """A fault with the file to mend: the template, or the last file to set the value."""
    if fault.value is None:
        file = f"{chart}/{fault.template}" if fault.template else chart
        return Problem(rule="helm", file=file, line=fault.line, message=fault.message)
    setters = [each.file for each in given if each.file and each.has(fault.value)]
    return Problem(
        rule="values",
        file=setters[-1]
        if setters
        else next((each.file for each in given[::-1] if each.file), chart),
        path=path_of(list(fault.value)),
        message=f"{fault.message} (values of {chart})",
    )


def _unsupported(message: str) -> Problem:
    return Problem(rule="unsupported", message=message)


def _test(document: Document) -> bool:
    """Helm's tests are no part of what is synced.

    https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks
    """
    annotations = document.content["metadata"].get("annotations") or {}
    hooks = str(annotations.get(HOOK, "")).split(",")
    return all(hook.strip() in {"test", "test-success", "test-failure"} for hook in hooks)
