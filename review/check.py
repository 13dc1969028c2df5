"""What is wrong in a GitOps repository, without a cluster: `check(repository)`."""

from collections.abc import Iterator
from pathlib import Path

from review import keys
from review.documents import Document
from review.environment import environments
from review.problem import Problem
from review.render import CHECKED, Rendering, render
from review.repository import FileProblem, Repository
from review.schemas import validate
from review.sources import Application, NotRendered

# Charts of others leave keys without a value, and the cluster takes them as left out.
LENIENT = {"null"}


def check(
    repository: Repository, *, charts: Path | None = None, names: list[str] | None = None
) -> tuple[list[Problem], list[NotRendered]]:
    """All problems of these environments, else of all; and what could not be looked at.

    Raises: review.environment.UnknownEnvironment.
    """
    problems: list[Problem] = []
    unseen: list[NotRendered] = []
    for name in names or environments(repository):
        try:
            rendering = render(repository, name, charts=charts)
        except FileProblem as broken:
            problems.append(broken.problem)
            continue
        problems += rendering.problems
        problems += invalid(rendering)
        problems += shared(rendering)
        unseen += rendering.not_rendered
    known = {problem.file for problem in problems if problem.rule in {"yaml", "file"}}
    problems += [problem for problem in misread(repository) if problem.file not in known]
    return list(dict.fromkeys(problems)), unseen


def misread(repository: Repository) -> Iterator[Problem]:
    """Files that are no YAML, and keys that mean something else to the cluster than to a reader. A
    chart's templates are no YAML yet, and hidden folders are for other tools."""
    for path in repository.files:
        if path.endswith((".yaml", ".yml")) and "/templates/" not in path and path[0] != ".":
            try:
                yield from keys.check(repository.text(path), file=path)
            except FileProblem as broken:
                yield broken.problem


def invalid(rendering: Rendering) -> Iterator[Problem]:
    """Documents that the cluster would refuse, or not take as they are meant."""
    for application in rendering.applications:
        for document in application.documents:
            if document.kind in CHECKED:
                continue
            for problem in validate(
                document.content, kubernetes_version=rendering.kubernetes_version
            ):
                if document.own or problem.rule not in LENIENT:
                    yield problem.at(
                        file=document.file, line=document.line, application=application.name
                    )


def shared(rendering: Rendering) -> Iterator[Problem]:
    """Documents that two applications make: they would take them from each other."""
    owners: dict[tuple[str, str, str, str], tuple[Application, Document]] = {}
    for application in rendering.applications:
        for document in application.documents:
            if document.identity in owners:
                other, before = owners[document.identity]
                yield Problem(
                    rule="shared-resource",
                    message=f"is made by the application {other.name} too, from {before.file}",
                    document=str(document),
                    file=document.file,
                    line=document.line,
                    application=application.name,
                )
            owners.setdefault(document.identity, (application, document))
