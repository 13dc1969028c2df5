"""Stated exceptions: `services/<namespace>/<name>/<env>/exception.yaml`."""

from collections.abc import Iterator
from dataclasses import dataclass

from review.problem import Problem
from review.repository import FileProblem, Repository

FILE = "exception.yaml"
KEYS = ("promotion",)
SHORTEST = 10
RULE = "exception"


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """reason: why the rule does not hold, in somebody's words. file: where that stands."""

    file: str
    reason: str


def waiver(repository: Repository, folder: str, *, rule: str) -> Waiver | None:
    """The exception to the rule that this folder states. A broken one is none."""
    file = f"{folder}/{FILE}"
    if file not in repository:
        return None
    try:
        content = repository.yaml(file)
    except FileProblem:
        return None
    reason = content.get(rule) if isinstance(content, dict) else None
    if not isinstance(reason, str) or len(reason.strip()) < SHORTEST:
        return None
    return Waiver(file=file, reason=" ".join(reason.split()))


def check(repository: Repository, folder: str) -> Iterator[Problem]:
    """What is wrong with the file itself, if there is one."""
    file = f"{folder}/{FILE}"
    if file not in repository:
        return
    try:
        content = repository.yaml(file)
    except FileProblem:
        return  # told with all files that are no YAML
    known = ", ".join(KEYS)
    if not isinstance(content, dict) or not content:
        yield Problem(rule=RULE, file=file, message=f"is no object with one of the keys {known}.")
        return
    for key, reason in content.items():
        if key not in KEYS:
            yield Problem(
                rule=RULE, file=file, path=key, message=f"is no exception; there is {known}."
            )
        elif not isinstance(reason, str) or len(reason.strip()) < SHORTEST:
            yield Problem(
                rule=RULE,
                file=file,
                path=key,
                message="must say why, and until when, in a sentence.",
            )
