"""What a change of the GitOps repository does to its clusters: two renderings, object by object."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from review import go_yaml
from review.documents import Document
from review.environment import environments
from review.problem import Problem
from review.render import Rendering, render
from review.repository import Repository

What = Literal["added", "changed", "removed"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One object that comes, goes or changes.

    application: that brings it; where it goes, that brought it.
    lines: its difference, as `diff -u` writes one, without the file names.
    """

    environment: str
    application: str
    what: What
    object: str
    lines: tuple[str, ...]


def compare(
    before: Path, after: Path, *, names: Sequence[str] = (), charts: Path | None = None
) -> tuple[list[Change], list[Problem]]:
    """What changes from one checkout to another, and what does not render in the second.

    names: environments; all that either checkout has, where none is named.
    Raises: as review.render.render.
    """
    wanted = names or sorted({*environments(Repository(before)), *environments(Repository(after))})
    changes: list[Change] = []
    problems: list[Problem] = []
    for name in wanted:
        old, new = _rendered(before, name, charts), _rendered(after, name, charts)
        changes += _differences(name, old, new)
        problems += new.problems if new else []
    return changes, problems


def _rendered(checkout: Path, name: str, charts: Path | None) -> Rendering | None:
    """The environment's rendering; None where this checkout has no such environment."""
    repository = Repository(checkout)
    return render(repository, name, charts=charts) if name in environments(repository) else None


def _differences(name: str, before: Rendering | None, after: Rendering | None) -> list[Change]:
    old, new = _by_identity(before), _by_identity(after)
    found = []
    for identity in sorted(old.keys() | new.keys()):
        application, document = new.get(identity) or old[identity]
        lines = tuple(_lines(old.get(identity), new.get(identity)))
        if lines:
            found.append(
                Change(
                    environment=name,
                    application=application,
                    what=_what(identity in old, identity in new),
                    object=f"{document.kind} {document.namespace or '(cluster)'}/{document.name}",
                    lines=lines,
                )
            )
    return sorted(found, key=lambda change: (change.application, change.object))


def counted(changes: list[Change]) -> dict[tuple[str, str], Counter[str]]:
    """How many objects of each application come, change and go."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for change in changes:
        counts.setdefault((change.environment, change.application), Counter())[change.what] += 1
    return counts


Identity = tuple[str, str, str, str]


def _by_identity(rendering: Rendering | None) -> dict[Identity, tuple[str, Document]]:
    if rendering is None:
        return {}
    return {
        document.identity: (application.name, document)
        for application in rendering.applications
        for document in application.documents
    }


def _what(was: bool, is_now: bool) -> What:
    if was and is_now:
        return "changed"
    return "added" if is_now else "removed"


def _lines(old: tuple[str, Document] | None, new: tuple[str, Document] | None) -> Iterator[str]:
    was, is_now = ([] if each is None else _text(each[1]) for each in (old, new))
    hunks = difflib.unified_diff(was, is_now, lineterm="", n=3)
    for number, line in enumerate(hunks):
        if number > 1:  # the first two name files, and these are objects
            yield line


def _text(document: Document) -> list[str]:
    return go_yaml.write(document.content).splitlines()
