"""What a change of the GitOps repository does to its clusters: two renderings, object by object."""

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from review import go_yaml
from review.documents import Document
from review.environment import FOLDER, UnknownEnvironment, environments
from review.problem import Problem
from review.render import Rendering, render
from review.repository import Repository
from review.sources import Application, NotRendered

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


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One application of an environment, changed or not.

    namespace: where its documents go that name none.
    file: that holds it, or the ApplicationSet that it is from.
    was, is_now: whether it is there before and after.
    objects: how many it syncs afterwards; before, where it goes.
    whole: whether all its sources were here to be rendered.
    """

    environment: str
    name: str
    namespace: str
    file: str
    was: bool
    is_now: bool
    objects: int
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What changes from one checkout to another, and what there is at all.

    environments: those that were compared.
    problems, not_rendered: of the second checkout.
    """

    environments: tuple[str, ...]
    applications: tuple[Compared, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    not_rendered: tuple[NotRendered, ...]


def compare(
    before: Path, after: Path, *, names: Sequence[str] = (), charts: Path | None = None
) -> Difference:
    """What changes from one checkout to another, and what does not render in the second.

    names: environments; all that either checkout has, where none is named.
    Raises: as review.render.render; UnknownEnvironment, where neither has one of the names.
    """
    known = sorted({*environments(Repository(before)), *environments(Repository(after))})
    wanted = names or known
    if unknown := [name for name in wanted if name not in known]:
        raise UnknownEnvironment(
            f"There is no environment {unknown[0]} in {after}, and there was none; "
            + (f"there are {', '.join(known)}" if known else f"it has no folder {FOLDER}/")
        )
    applications: list[Compared] = []
    changes: list[Change] = []
    problems: list[Problem] = []
    not_rendered: list[NotRendered] = []
    for name in wanted:
        old, new = _rendered(before, name, charts), _rendered(after, name, charts)
        applications += _compared(name, old, new)
        changes += _differences(name, old, new)
        if new:
            problems += [problem.at(environment=name) for problem in new.problems]
            not_rendered += new.not_rendered
        elif old:
            problems.append(_gone(old))
    return Difference(
        environments=tuple(wanted),
        applications=tuple(applications),
        changes=tuple(changes),
        problems=tuple(problems),
        not_rendered=tuple(dict.fromkeys(not_rendered)),
    )


def _gone(environment: Rendering) -> Problem:
    count = len(environment.applications)
    return Problem(
        rule="environment",
        file=environment.environment.folder,
        message=f"is gone, and with it all {count} applications of the environment. Take its"
        " cluster down first, in the platform's repository: then this red is known.",
        environment=environment.environment.name,
    )


def _rendered(checkout: Path, name: str, charts: Path | None) -> Rendering | None:
    """The environment's rendering; None where this checkout has no such environment."""
    repository = Repository(checkout)
    return render(repository, name, charts=charts) if name in environments(repository) else None


def _compared(name: str, before: Rendering | None, after: Rendering | None) -> Iterator[Compared]:
    old, new = _applications(before), _applications(after)
    for each in sorted(old.keys() | new.keys()):
        application = new.get(each) or old[each]
        yield Compared(
            environment=name,
            name=each,
            namespace=application.namespace,
            file=application.file,
            was=each in old,
            is_now=each in new,
            objects=len(application.documents),
            whole=not application.not_rendered,
        )


def _applications(rendering: Rendering | None) -> dict[str, Application]:
    return {each.name: each for each in rendering.applications} if rendering else {}


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


def counted(changes: Sequence[Change]) -> dict[tuple[str, str], Counter[str]]:
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
