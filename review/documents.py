"""Kubernetes documents in texts of many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from review.go_yaml import YamlError
from review.helm import engine
from review.problem import Problem, named

# What the API server, Helm and Argo CD take for a border between documents.
BORDER = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
# A border that none of them sees: what follows it on the same line hides it, and YAML then reads
# the first document alone.
HIDDEN = re.compile(r"^---[ \t]+\S", re.MULTILINE)
# What may stand before the first document's content.
HEAD = re.compile(r"\A(\s*(#[^\n]*)?\n)*(---)?")


def text(value: Any) -> str:
    """A name as Kubernetes reads it: what is no text is none."""
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One Kubernetes document and where it comes from.

    content: as the cluster would get it; namespaced kinds name their namespace.
    file: the file or the chart's template that made it. line: where it begins in a file, from 1.
    own: whether this repository made it, and not a chart of others.
    """

    content: dict[str, Any]
    file: str
    line: int | None = None
    own: bool = True

    @property
    def kind(self) -> str:
        return self.content["kind"]

    @property
    def name(self) -> str:
        return text(self.content["metadata"].get("name"))

    @property
    def namespace(self) -> str:
        return text(self.content["metadata"].get("namespace"))

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """API group, kind, namespace, name: what there can be only one of in a cluster."""
        group, slash, _ = self.content["apiVersion"].partition("/")
        return group if slash else "", self.kind, self.namespace, self.name

    def __str__(self) -> str:
        return named(self.content)

    def into(self, namespace: str) -> Self:
        """The same document, in this namespace if it names none."""
        if self.namespace or not namespace:
            return self
        metadata = {**self.content["metadata"], "namespace": namespace}
        return replace(self, content={**self.content, "metadata": metadata})


def read(
    stream: str, *, file: str, lines: bool = True, own: bool = True
) -> Iterator[Document | Problem]:
    """Every document of a stream, the items of Lists one by one; a Problem for what is none.

    lines: whether the stream's lines are those of the file; they are not after a chart made it.
    """
    start = 0
    for border in [*BORDER.finditer(stream), None]:
        part = stream[start : border.start() if border else len(stream)]
        first = stream.count("\n", 0, start) + 1
        start = border.end() if border else len(stream)
        if _empty(part):
            continue
        yield from _documents(part, file=file, first=first, lines=lines, own=own)


def _documents(
    part: str, *, file: str, first: int, lines: bool, own: bool
) -> Iterator[Document | Problem]:
    blank = len(part) - len(part.lstrip("\r\n"))
    line = first + part.count("\n", 0, blank) if lines else None
    if HIDDEN.search(HEAD.sub("", part, count=1)):
        message = "text after --- hides a document from the cluster: --- must stand alone"
        yield Problem(rule="yaml", file=file, line=line, message=message)
        return
    try:
        content = engine().read(part)
    except YamlError as error:
        line = first + error.line - 1 if lines and error.line else line
        yield Problem(rule="yaml", file=file, line=line, message=f"is no YAML: {error}")
        return
    if content is None:
        return
    for each in _items(content):
        fault = _shape(each)
        if fault:
            yield Problem(rule="not-a-document", file=file, line=line, message=fault)
        else:
            yield Document(content=each, file=file, line=line, own=own)


def _empty(part: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in part.splitlines())


def _items(content: Any) -> list[Any]:
    """Argo CD applies what is in a List, and no List."""
    if isinstance(content, dict) and isinstance(content.get("items"), list):
        kind = content.get("kind")
        if isinstance(kind, str) and kind.endswith("List"):
            return content["items"]
    return [content]


def _shape(content: Any) -> str:
    """What keeps a value from being a Kubernetes document; empty if nothing does."""
    if not isinstance(content, dict):
        return f"is no Kubernetes document but {type(content).__name__}"
    missing = [
        field
        for field, kind in (("apiVersion", str), ("kind", str), ("metadata", dict))
        if not isinstance(content.get(field), kind) or not content[field]
    ]
    return f"is no Kubernetes document: {', '.join(missing)} missing" if missing else ""
