"""What is wrong in a GitOps repository, without a cluster: `check(repository)`."""

from collections.abc import Iterator
from pathlib import Path

from review import keys, rules
from review.documents import Document
from review.environment import Environment, environments
from review.problem import Problem, Unseen
from review.render import CHECKED, Rendering, render
from review.repository import FileProblem, Repository
from review.schemas import validate
from review.sources import Application

# Charts of others leave keys without a value, and the cluster takes them as left out.
LENIENT = {"null"}


def check(
    repository: Repository, *, charts: Path | None = None, names: list[str] | None = None
) -> tuple[list[Problem], list[Unseen]]:
    """All problems of these environments, else of all; and what could not be looked at.

    Raises: review.environment.UnknownEnvironment.
    """
    problems: list[Problem] = []
    unseen: list[Unseen] = []
    known: list[Environment] = []
    for name in names or environments(repository):
        try:
            rendering = render(repository, name, charts=charts)
        except FileProblem as broken:
            problems.append(broken.problem.at(environment=name))
            continue
        found, missing = of_environment(rendering)
        problems += [problem.at(environment=name) for problem in found]
        unseen += missing
        known.append(rendering.environment)
        del rendering  # one environment's documents at a time
    problems += rules.across(repository, known)
    told = {problem.file for problem in problems if problem.rule in {"yaml", "file"}}
    problems += [problem for problem in misread(repository) if problem.file not in told]
    return list(dict.fromkeys(problems)), list(dict.fromkeys(unseen))


def of_environment(rendering: Rendering) -> tuple[list[Problem], list[Unseen]]:
    """The problems of one environment, and what of it could not be looked at."""
    found, unseen = rules.of_environment(rendering)
    return [*rendering.problems, *invalid(rendering), *shared(rendering), *found], unseen


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
