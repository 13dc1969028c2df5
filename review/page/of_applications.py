"""The page of `tribe diff`: what a change does in every cluster, application by application."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from review.difference import Change, Compared, Difference
from review.page.content import Box, Entry, Environment, Map, Page, Remark
from review.problem import Problem
from review.render import ROOT

KNOWN = ("dev", "staging", "prod")
"""The order in which people think of environments; others follow by name."""

ALONE = "Applications of their own"
"""Those that no ApplicationSet makes."""


def page(difference: Difference, *, repository: str, base: str, head: str) -> Page:
    """repository: its name; base, head: the revisions, in words for people."""
    order = sorted(
        difference.environments, key=lambda name: (KNOWN.index(name) if name in KNOWN else 9, name)
    )
    return Page(
        title="What this change does in the clusters",
        repository=repository,
        base=base,
        head=head,
        verb="tribe diff",
        environments=tuple(_environment(name, difference) for name in order),
        remarks=tuple(_remarks(difference.problems)),
        unseen=tuple(dict.fromkeys(str(each) for each in difference.not_rendered)),
    )


def _environment(name: str, difference: Difference) -> Environment:
    own = [each for each in difference.applications if each.environment == name]
    changes: dict[str, list[Change]] = {}
    for change in difference.changes:
        if change.environment == name:
            changes.setdefault(change.application, []).append(change)
    groups = _groups(own)
    boxes = tuple(
        Box(
            name=each.name,
            group=groups.get(each.name, ""),
            holds=each.objects,
            whole=each.whole,
            becomes=None if each.was and each.is_now else "added" if each.is_now else "removed",
            entries=tuple(
                Entry(name=change.object, what=change.what, lines=change.lines)
                for change in changes.get(each.name, [])
            ),
        )
        for each in sorted(own, key=lambda each: (groups.get(each.name, ""), each.name))
    )
    return Environment(name=name, maps=(Map(kind="applications", boxes=boxes, root=ROOT),))


def _groups(applications: Sequence[Compared]) -> dict[str, str]:
    """Application → what it is drawn with: what the same file brings into the same namespace."""
    brought = [each for each in applications if each.name != ROOT]
    made = Counter(each.file for each in brought)
    groups = {}
    for each in brought:
        name = PurePosixPath(each.file).stem
        alone = made[each.file] == 1 and name == each.name
        groups[each.name] = ALONE if alone else f"{name} in {each.namespace or 'no namespace'}"
    return groups


def _remarks(problems: Iterable[Problem]) -> list[Remark]:
    """Errors first."""
    found = [
        Remark(
            severity="danger" if each.severity == "error" else "notice",
            rule=each.rule,
            message=": ".join(part for part in (each.path, each.message) if part),
            place=_place(each),
            environment=each.environment,
            kind="applications",
            box=each.application,
            entry=each.document,
        )
        for each in dict.fromkeys(problems)
    ]
    return sorted(found, key=lambda remark: remark.severity)


def _place(problem: Problem) -> str:
    file = f"{problem.file}:{problem.line}" if problem.line else problem.file
    parts = (problem.environment, problem.application, problem.document, file)
    return " · ".join(part for part in parts if part)
