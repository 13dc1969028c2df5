"""Which role of AWS each job takes, and as whom: what GitHub's token for it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.workflows.commands import commands
from tests.workflows.workflow import Workflow

MAIN = "ref:refs/heads/main"


@dataclass(frozen=True, order=True)
class Taken:
    """environment, verb: of the role. subject: the end of the token's, after the repository."""

    workflow: str
    job: str
    environment: str
    verb: str
    subject: str


def taken(workflows: list[Workflow]) -> list[Taken]:
    """Every role that some job takes, for each trigger and each environment it runs for."""
    there = {each.name: each for each in workflows}
    found: set[Taken] = set()
    for workflow in workflows:
        for trigger in workflow.triggers - {"workflow_call"}:
            # A person can start a workflow for any branch, and then takes no role: only these
            # branches' subjects are trusted.
            subject = "pull_request" if trigger == "pull_request" else MAIN
            found |= set(_in(workflow, there, subject=subject, given={}))
    return sorted(found)


def _in(
    workflow: Workflow, there: dict[str, Workflow], *, subject: str, given: dict[str, str]
) -> Iterator[Taken]:
    for job_name, job in workflow.jobs.items():
        for values in _matrix(job):
            context = {**given, **values}
            if "uses" in job:
                inputs = {
                    f"inputs.{name}": _filled(value, context)
                    for name, value in job.get("with", {}).items()
                }
                called = there[job["uses"].rpartition("/")[2]]
                yield from _in(called, there, subject=subject, given=inputs)
                continue
            gate = _filled(job.get("environment", ""), context)
            own = f"environment:{gate}" if gate else subject
            for in_job, command in commands(workflow):
                if in_job == job_name and "delivery.github_role" in command.words:
                    where, verb = command.words[3:5]
                    if where == "$ENVIRONMENT":
                        where = _filled(job["env"]["ENVIRONMENT"], context)
                    yield Taken(workflow.name, job_name, where, verb, own)


def _matrix(job: dict[str, Any]) -> Iterator[dict[str, str]]:
    matrix = job.get("strategy", {}).get("matrix")
    if matrix is None:
        yield {}
        return
    [(name, values)] = matrix.items()
    for value in values:
        yield {f"matrix.{name}": value}


def _filled(text: str, context: dict[str, str]) -> str:
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: context[match[1]], text)
