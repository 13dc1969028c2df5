"""The platform Application as Argo CD renders it, and the same chart with other values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import review.render
from review.documents import Document, read
from review.helm import Release, engine

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Documents:
    """Rendered documents, by kind."""

    all: tuple[Content, ...]

    def of(self, kind: str) -> Iterator[Content]:
        """Every document of a kind."""
        return (document for document in self.all if document["kind"] == kind)

    def named(self, kind: str, name: str, namespace: str | None = None) -> Content:
        """The one document of that kind and name."""
        (found,) = (
            document
            for document in self.of(kind)
            if document["metadata"]["name"] == name
            and document["metadata"].get("namespace") == namespace
        )
        return found


def values(repository: Path, environment: str) -> dict[str, Any]:
    """The value files that the Application names, merged in its order."""
    merged: dict[str, Any] = {}
    for file in _application(repository, environment)["spec"]["source"]["helm"]["valueFiles"]:
        merged = _merge(merged, engine().read((repository / file.lstrip("/")).read_text()))
    return merged


@cache
def platform(repository: Path, environment: str) -> Documents:
    """Every document of the environment's platform Application."""
    application = review.render.render(repository, environment).application("platform")
    assert application.problems == []
    return Documents(tuple(each.content for each in application.documents))


def render(repository: Path, environment: str, given: Mapping[str, Any]) -> Documents:
    """The same chart with other values. Raises: review.helm.ChartError."""
    application = _application(repository, environment)["spec"]
    release = Release(
        chart=repository / application["source"]["path"],
        name=application["source"]["helm"]["releaseName"],
        namespace=application["destination"]["namespace"],
        kubernetes_version=given["facts"]["kubernetesVersion"],
        values=given,
    )
    documents = [
        document
        for manifest in engine().render(release)
        for document in read(manifest.text, file=manifest.template)
    ]
    problems = [each for each in documents if not isinstance(each, Document)]
    assert not problems, problems
    return Documents(tuple(each.content for each in documents if isinstance(each, Document)))


def _application(repository: Path, environment: str) -> Content:
    return engine().read((repository / "environments" / environment / "platform.yaml").read_text())


def _merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merge(merged[key], value) if both else value
    return merged
