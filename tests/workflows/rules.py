"""What every workflow keeps to, beyond what the linters know. Each rule yields its faults."""

import re
from collections.abc import Iterator
from types import FunctionType
from typing import Any

from tests.workflows.workflow import Workflow

Rule = FunctionType  # of a workflow, to its faults

PIN = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
PINNED_LINE = re.compile(r"uses: +\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
OWN = "$/.github/workflows/"  # at the commit that runs
RUNNERS = ("ubuntu-24.04", "${{ vars.PROD_RUNNER }}")


def actions_are_pinned_by_commit_and_say_their_version(workflow: Workflow) -> Iterator[str]:
    used = [step["uses"] for _, step in workflow.steps if "uses" in step]
    used += [job["uses"] for job in workflow.jobs.values() if "uses" in job]
    for each in used:
        if not each.startswith(OWN) and not PIN.fullmatch(each):
            yield f"{each} is not pinned by a commit"
    for line in workflow.text.splitlines():
        if re.search(r"\buses: ", line) and OWN not in line and not PINNED_LINE.search(line):
            yield f"{line.strip()} does not say its version"


def nothing_is_permitted_but_what_a_job_names(workflow: Workflow) -> Iterator[str]:
    if workflow.document.get("permissions") != {}:
        yield "the workflow's own permissions are not {}"
    for name, job in workflow.jobs.items():
        if not isinstance(job.get("permissions"), dict):
            yield f"{name} names no permissions"


def every_job_ends_in_time(workflow: Workflow) -> Iterator[str]:
    for name, job in workflow.jobs.items():
        if "uses" not in job and not 0 < int(job.get("timeout-minutes", 0)) <= 120:
            yield f"{name} has no time limit of at most two hours"


def runs_do_not_meet_themselves(workflow: Workflow) -> Iterator[str]:
    if workflow.triggers == {"workflow_call"} or "concurrency" in workflow.document:
        return
    for name, job in workflow.jobs.items():
        if "concurrency" not in job:
            yield f"{name} has no concurrency group"


def no_code_of_a_fork_meets_power(workflow: Workflow) -> Iterator[str]:
    if "pull_request_target" in workflow.triggers:
        yield "pull_request_target runs with power for anyone's pull request"
    if "workflow_run" in workflow.triggers:
        for name, step in workflow.steps:
            if "uses" in step:
                yield f"{name} uses {step['uses']} after a run of anyone's code"
    if "pull_request" in workflow.triggers:
        if "secrets." in workflow.text:
            yield "a secret stands where pull requests run"
        for name, job in workflow.jobs.items():
            yield from _powers_for_pull_requests(name, job)


def _powers_for_pull_requests(name: str, job: dict[str, Any]) -> Iterator[str]:
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    for permission, level in job["permissions"].items():
        if level == "write" and not (permission == "id-token" and own in job.get("if", "")):
            yield f"{name} may write {permission} for pull requests"


def no_expression_is_put_into_a_script(workflow: Workflow) -> Iterator[str]:
    for name, step in workflow.steps:
        if "${{" in step.get("run", ""):
            yield f"{name} puts an expression into a script"


def scripts_stop_at_the_first_fault(workflow: Workflow) -> Iterator[str]:
    shell = workflow.document.get("defaults", {}).get("run", {}).get("shell")
    if shell != "bash" and any("run" in step for _, step in workflow.steps):
        yield "scripts do not run in `bash`, which adds pipefail"


def no_credentials_stay_in_a_checkout(workflow: Workflow) -> Iterator[str]:
    for name, step in workflow.steps:
        checkout = step.get("uses", "").startswith("actions/checkout@")
        if checkout and step.get("with", {}).get("persist-credentials") != "false":
            yield f"{name} leaves a token in its checkout"


def runners_are_of_a_known_kind(workflow: Workflow) -> Iterator[str]:
    for name, job in workflow.jobs.items():
        if "uses" not in job and job["runs-on"] not in RUNNERS:
            yield f"{name} runs on {job['runs-on']}"


RULES: tuple[Rule, ...] = (
    actions_are_pinned_by_commit_and_say_their_version,
    nothing_is_permitted_but_what_a_job_names,
    every_job_ends_in_time,
    runs_do_not_meet_themselves,
    no_code_of_a_fork_meets_power,
    no_expression_is_put_into_a_script,
    scripts_stop_at_the_first_fault,
    no_credentials_stay_in_a_checkout,
    runners_are_of_a_known_kind,
)
