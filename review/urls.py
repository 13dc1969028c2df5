"""URLs of git repositories, and which of them is the repository's own."""

import re
from collections.abc import Iterator
from typing import Any


def plain_url(url: str) -> str:
    """A git URL without what does not tell repositories apart: scheme, user, case, `.git`."""
    plain = re.sub(r"^[a-z+]+://", "", url.strip().lower())
    plain = re.sub(r"^[^@/]+@", "", plain).removesuffix("/").removesuffix(".git")
    return plain.replace(":", "/", 1)


def own_url(documents: list[dict[str, Any]]) -> str:
    """The URL that the git generators read; without any, the one of the sources that are no charts.
    Empty where they name several."""
    for found in (list(_generators(documents)), list(_sources(documents))):
        if len({plain_url(url) for url in found}) == 1:
            return found[0]
    return ""


def _generators(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _generators(each)
    elif isinstance(node, dict):
        git = node.get("git")
        if isinstance(git, dict) and isinstance(git.get("repoURL"), str):
            yield git["repoURL"]
        for value in node.values():
            yield from _generators(value)


def _sources(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _sources(each)
    elif isinstance(node, dict):
        if isinstance(node.get("repoURL"), str) and "chart" not in node:
            yield node["repoURL"]
        for value in node.values():
            yield from _sources(value)
