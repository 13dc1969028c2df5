"""Value files: which, in which order, and what they come to.

A path is relative to the chart; with a leading slash to the repository; `$name/…` to the source
with that `ref`: https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/
"""

import posixpath
import re
from dataclasses import dataclass
from functools import reduce
from typing import Any

from review import globs
from review.helm import values as values_of_helm
from review.problem import Problem
from review.repository import FileProblem, Repository
from review.sources.application import Application

VARIABLE = re.compile(r"\$(\{)?(ARGOCD_[A-Z0-9_]+)(?(1)\})")
REMOTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Values:
    """What one file, or the Application itself (`file` is empty), sets."""

    file: str
    content: dict[str, Any]

    def has(self, path: tuple[str | int, ...]) -> bool:
        node: Any = self.content
        for step in path:
            try:
                node = node[step]
            except (LookupError, TypeError):
                return False
        return True


def read(
    source: dict[str, Any], application: Application, *, repository: Repository
) -> tuple[list[Values], list[Problem]]:
    """All value files of a source; and a problem for each that cannot be read."""
    options = source.get("helm") or {}
    optional = bool(options.get("ignoreMissingValueFiles"))
    found: list[Values] = []
    problems: list[Problem] = []
    for name, path in _paths(source, application, repository, problems):
        try:
            if path not in repository:
                repository.inside(path)
                if not optional:
                    raise _missing(application, name, f"{path} is not there")
                continue
            content = repository.yaml(path)
            if not isinstance(content, dict | None):
                raise FileProblem(Problem(rule="values", file=path, message="is no object"))
        except FileProblem as broken:
            problems.append(broken.problem)
        else:
            found.append(Values(file=path, content=content or {}))
    return found, problems


def merged(values: list[dict[str, Any]]) -> dict[str, Any]:
    """As Helm merges value files. null stays: it takes away what the chart's own values say."""
    return reduce(values_of_helm.merged, values, {})


def _paths(
    source: dict[str, Any],
    application: Application,
    repository: Repository,
    problems: list[Problem],
) -> list[tuple[str, str]]:
    """Each value file once, as it is named and as its path; globs are expanded where they stand,
    but a file that is named has the place where it is named."""
    options = source.get("helm") or {}
    resolved = []
    for name in options.get("valueFiles") or []:
        try:
            resolved.append((name, _resolved(name, source, application, repository)))
        except FileProblem as broken:
            problems.append(broken.problem)
    named = {path for _, path in resolved if not globs.is_glob(path)}
    paths: dict[str, str] = {}
    for name, path in resolved:
        if not globs.is_glob(path):
            paths.setdefault(path, name)
            continue
        matches = _walked(path, repository)
        if not matches and not options.get("ignoreMissingValueFiles"):
            problems.append(_missing(application, name, "matches no file").problem)
        for match in matches:
            if match not in named:
                paths.setdefault(match, name)
    return [(name, path) for path, name in paths.items()]


def _resolved(
    name: str, source: dict[str, Any], application: Application, repository: Repository
) -> str:
    if REMOTE.match(name):
        raise _missing(application, name, "is remote; value files come from the repository")
    root, rest = _root(name, source, application, repository)
    path = posixpath.normpath(posixpath.join(root, _substituted(rest, source, application)))
    if path == "." or path.startswith(".."):
        raise _missing(application, name, "is outside of the repository")
    return path


def _root(
    name: str, source: dict[str, Any], application: Application, repository: Repository
) -> tuple[str, str]:
    """The folder that a value file's path starts from, and the path from there."""
    if name.startswith("$") and not VARIABLE.match(name):
        ref, _, rest = name.removeprefix("$").partition("/")
        for each in application.sources:
            if each.get("ref") == ref:
                if not repository.owns(each.get("repoURL", "")):
                    raise _missing(application, name, f"is in {each.get('repoURL')}, not here")
                return "", rest
        raise _missing(application, name, f"no source of the application has `ref: {ref}`")
    if name.startswith("/"):
        return "", name.lstrip("/")
    if "chart" in source:
        raise _missing(application, name, "is in the third-party chart; use $ref/ or valuesObject")
    return source["path"], name


def _substituted(path: str, source: dict[str, Any], application: Application) -> str:
    """The build environment that is known without a commit.
    https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/
    """
    known = {
        "ARGOCD_APP_NAME": application.name,
        "ARGOCD_APP_NAMESPACE": application.namespace,
        "ARGOCD_APP_PROJECT_NAME": application.spec.get("project", ""),
        "ARGOCD_APP_SOURCE_PATH": source.get("path", ""),
        "ARGOCD_APP_SOURCE_REPO_URL": source.get("repoURL", ""),
        "ARGOCD_APP_SOURCE_TARGET_REVISION": source.get("targetRevision", ""),
    }

    def value(match: re.Match[str]) -> str:
        if match[2] not in known:
            raise _missing(application, path, f"{match[2]} is not known here")
        return known[match[2]]

    return VARIABLE.sub(value, path)


def _walked(pattern: str, repository: Repository) -> list[str]:
    """Matches as doublestar walks: a folder's own files before those of the folders in it."""
    match = globs.doublestar(pattern).fullmatch
    found = [path.split("/") for path in repository.files if match(path)]
    found.sort(key=lambda parts: [(1, part) for part in parts[:-1]] + [(0, parts[-1])])
    return ["/".join(parts) for parts in found]


def _missing(application: Application, name: str, message: str) -> FileProblem:
    return FileProblem(
        Problem(
            rule="value-file",
            file=application.file,
            line=application.line,
            document=f"Application {application.name}",
            message=f"value file {name}: {message}",
        )
    )
