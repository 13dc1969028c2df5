"""A folder of plain manifests.

https://argo-cd.readthedocs.io/en/stable/user-guide/directory/
"""

import posixpath
from collections.abc import Iterator
from typing import Any

from review import documents, globs
from review.documents import Document
from review.problem import Problem
from review.repository import Repository

EXTENSIONS = (".yaml", ".yml", ".json", ".jsonnet")
SKIP = "+argocd:skip-file-rendering"
RESOURCE = ("apiVersion:", "kind:", "metadata:")


def render(
    path: str, options: dict[str, Any], *, repository: Repository
) -> Iterator[Document | Problem]:
    """The documents of the folder's files. `options`: the source's `directory`."""
    for file in _files(path, options, repository):
        text = repository.text(file)
        if SKIP in text:
            continue
        if file.endswith(".jsonnet"):
            yield Problem(rule="unsupported", file=file, message="jsonnet is not rendered here")
            continue
        found = list(documents.read(text, file=file))
        # Argo CD leaves out a file of YAML that is no manifest, and does not look like one: values,
        # for instance. A file that begins as manifests must be manifests to its end.
        manifests = any(isinstance(each, Document) for each in found)
        if manifests or all(word in text for word in RESOURCE):
            yield from found


def _files(path: str, options: dict[str, Any], repository: Repository) -> Iterator[str]:
    folder = posixpath.normpath(path)
    prefix = "" if folder == "." else f"{folder}/"
    include, exclude = options.get("include"), options.get("exclude")
    for file in repository.below(folder):
        below = file.removeprefix(prefix)
        if "/" in below and not options.get("recurse"):
            continue
        if not options.get("disableExtensionFilter") and not below.endswith(EXTENSIONS):
            continue
        if exclude and globs.directory_files(exclude).fullmatch(below):
            continue
        if include and not globs.directory_files(include).fullmatch(below):
            continue
        yield file
