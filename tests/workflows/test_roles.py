"""Workflows take the roles that the accounts' stacks make, as the subjects that these trust."""

import json
from pathlib import Path

import pytest

from stacks.environments import PLATFORM
from stacks.naming import name
from tests.synthesis import ROOT, Stack
from tests.workflows.roles import MAIN, Taken, taken
from tests.workflows.workflow import Workflow, workflows

TAKEN = taken(workflows(ROOT))


@pytest.fixture(scope="session")
def trusted(synthesized: dict[str, Stack]) -> dict[str, list[str]]:
    """Role's name → the subjects that may take it, without the repository before them."""
    found = {}
    for account in PLATFORM.accounts:
        for role in (
            synthesized[f"account-{account.name}"]["resource"].get("aws_iam_role", {}).values()
        ):
            [statement] = json.loads(role["assume_role_policy"])["Statement"]
            subjects = statement["Condition"]["StringEquals"][
                "token.actions.githubusercontent.com:sub"
            ]
            named = [subjects] if isinstance(subjects, str) else subjects
            found[role["name"]] = [subject.split(":", 2)[2] for subject in named]
    return found


@pytest.mark.parametrize(
    "each", TAKEN, ids=lambda each: f"{each.workflow}-{each.job}-{each.environment}"
)
def test_the_role_exists_and_trusts_the_job(each: Taken, trusted: dict[str, list[str]]):
    role = name(each.environment, each.verb)
    assert role in trusted
    assert each.subject in trusted[role], (
        f"{role} does not trust {each.subject}: add it to Deployer.{each.verb} "
        f"in stacks/environments/{each.environment}.py"
    )


def test_what_applies_stands_behind_the_environments_gate():
    applying = [each for each in TAKEN if each.verb == "apply"]
    assert {each.environment for each in applying} == {e.name for e in PLATFORM.environments}
    assert all(each.subject == f"environment:{each.environment}" for each in applying)


def test_a_pull_request_takes_no_role_but_those_that_look():
    on_pull_requests = [each for each in TAKEN if each.subject == "pull_request"]
    assert {each.verb for each in on_pull_requests} == {"plan"}
    assert {each.environment for each in on_pull_requests} == {
        e.name for e in PLATFORM.environments
    }


def test_drift_is_looked_for_in_every_environment():
    looked = {each.environment for each in TAKEN if each.workflow == "drift-environment.yaml"}
    assert looked == {environment.name for environment in PLATFORM.environments}


def test_every_trusted_subject_is_some_jobs(trusted: dict[str, list[str]]):
    used = {(name(each.environment, each.verb), each.subject) for each in TAKEN}
    ours = {name(each.name, verb) for each in PLATFORM.environments for verb in ("plan", "apply")}
    assert {(role, subject) for role in ours for subject in trusted[role]} == used


def test_prod_has_as_many_rounds_as_its_longest_chain_of_stacks(synthesis: Path):
    manifest = json.loads((synthesis / "manifest.json").read_text())["stacks"]

    def depth(stack: str) -> int:
        return 1 + max((depth(each) for each in manifest[stack]["dependencies"]), default=0)

    production = [each.name for each in PLATFORM.environments if each.production]
    longest = max(
        depth(stack)
        for stack in manifest
        if stack.partition("-")[0] in production and not stack.endswith("-gitops")
    )
    deploy = Workflow(ROOT / ".github/workflows/deploy-prod.yaml")
    rounds = [job["with"]["round"] for job, _ in deploy.calls]
    assert rounds == [str(number) for number in range(1, longest + 1)]


def test_the_ways_of_a_subject_are_read_from_the_workflows():
    # Were they not, the tests above would compare nothing.
    assert Taken("deploy-round.yaml", "plan", "prod", "plan", MAIN) in TAKEN
    assert Taken("deploy-environment.yaml", "deploy", "dev", "apply", "environment:dev") in TAKEN
    assert Taken("pull-request.yaml", "plan", "staging", "plan", "pull_request") in TAKEN
