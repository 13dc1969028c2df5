"""What is known of an environment before anything is rendered."""

import re
from dataclasses import dataclass
from typing import Any

from review.could_not_run import CouldNotRun
from review.problem import Problem
from review.repository import FileProblem, Repository
from review.schemas.native import UnknownKubernetesVersion, definitions

FOLDER = "environments"
FACTS = "facts.yaml"
VERSION = re.compile(r"1\.\d{2}")


class UnknownEnvironment(CouldNotRun):
    """There is no such environment in the repository; the message lists those that are there."""


@dataclass(frozen=True, kw_only=True)
class Environment:
    """kubernetes_version: of its cluster, as "1.36". facts: what Terraform wrote."""

    name: str
    folder: str
    kubernetes_version: str
    facts: dict[str, Any]


def environments(repository: Repository) -> list[str]:
    """Names of the environments: the folders in `environments/`."""
    depth = FOLDER.count("/") + 1
    return [
        path.removeprefix(f"{FOLDER}/")
        for path in repository.directories
        if path.startswith(f"{FOLDER}/") and path.count("/") == depth
    ]


def environment_of(
    repository: Repository, name: str, *, kubernetes_version: str | None = None
) -> Environment:
    """Raises: UnknownEnvironment; FileProblem, where the facts say no version."""
    known = environments(repository)
    if name not in known:
        raise UnknownEnvironment(
            f"There is no environment {name} in {repository.root}; "
            + (f"there are {', '.join(known)}" if known else f"it has no folder {FOLDER}/")
        )
    folder = f"{FOLDER}/{name}"
    file = f"{folder}/{FACTS}"
    facts = _facts(repository, file) if file in repository.files else {}
    version = kubernetes_version or facts.get("kubernetesVersion")
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        raise FileProblem(
            Problem(
                rule="facts",
                file=file,
                path="facts.kubernetesVersion",
                message=f'must be a quoted version as "1.36", not {version!r}; see make facts',
            )
        )
    try:
        definitions(version)
    except UnknownKubernetesVersion as error:
        raise FileProblem(
            Problem(rule="facts", file=file, path="facts.kubernetesVersion", message=f"{error}.")
        ) from None
    return Environment(name=name, folder=folder, kubernetes_version=version, facts=facts)


def _facts(repository: Repository, file: str) -> dict[str, Any]:
    content = repository.yaml(file)
    facts = content.get("facts") if isinstance(content, dict) else None
    if not isinstance(facts, dict):
        raise FileProblem(Problem(rule="facts", file=file, message="has no object `facts`"))
    return facts
