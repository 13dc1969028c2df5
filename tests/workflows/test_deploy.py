"""prod's deployment: who goes after whom, and when it is called done."""

import itertools
from pathlib import Path

import pytest

from tests.synthesis import ROOT
from tests.workflows.shell import Shell
from tests.workflows.workflow import Workflow

DEPLOY = Workflow(ROOT / ".github/workflows/deploy.yaml")
PROD = Workflow(ROOT / ".github/workflows/deploy-prod.yaml")
ROUND = Workflow(ROOT / ".github/workflows/deploy-round.yaml")
SETTLED = PROD.script("All rounds ended, and nothing waits after the last")


def test_main_reaches_dev_then_staging_then_prod():
    needs = {name: job.get("needs") for name, job in DEPLOY.jobs.items()}
    assert needs == {
        "dev": None,
        "dev-facts": "dev",
        "staging": "dev",
        "staging-facts": "staging",
        "prod": "staging",
        "prod-facts": "prod",
    }


def test_nothing_but_main_is_deployed_by_hand_either():
    # All others need dev's job, and are left out with it.
    assert "workflow_dispatch" in DEPLOY.triggers
    assert "github.ref == 'refs/heads/main'" in DEPLOY.jobs["dev"]["if"].split(" && ")
    assert not [name for name, job in DEPLOY.jobs.items() if name != "dev" and "if" in job]


def test_no_running_apply_is_stopped_by_a_newer_one():
    assert {job["concurrency"]["cancel-in-progress"] for job in DEPLOY.jobs.values()} == {"false"}
    groups = [job["concurrency"]["group"] for job in DEPLOY.jobs.values()]
    assert len(set(groups)) == len(groups)


def test_a_round_follows_only_where_something_is_left():
    rounds = [name for name in PROD.jobs if name.startswith("round-")]
    for before, name in itertools.pairwise(rounds):
        assert PROD.jobs[name]["needs"] == before
        assert PROD.jobs[name]["if"] == f"needs.{before}.outputs.left == 'true'"


@pytest.mark.parametrize(
    ("workflow", "plan", "apply"),
    [(ROUND, "plan", "apply"), (PROD, "cluster-plan", "cluster-apply")],
    ids=["round", "cluster"],
)
def test_a_person_is_asked_only_where_a_plan_has_changes_and_approves_that_seal(
    workflow: Workflow, plan: str, apply: str
):
    job = workflow.jobs[apply]
    assert job["environment"] == "prod"
    assert f"needs.{plan}.outputs.changes == 'true'" in job["if"]
    [sealed] = [step for step in job["steps"] if "SEAL" in step.get("env", {})]
    # From the job's outputs: an artifact can be replaced, they cannot.
    assert sealed["env"]["SEAL"] == f"${{{{ needs.{plan}.outputs.seal }}}}"
    assert '--seal "$SEAL"' in sealed["run"]


def settled(shell: Shell, **given: str) -> int:
    usual = {"RESULTS": "success skipped skipped", "FIRST": "success", "PLANNED": "success"}
    return shell.run(SETTLED, **{**usual, "LEFT": "", **given}).returncode


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, 0),
        ({"LEFT": "false", "RESULTS": "success success success success success success"}, 0),
        ({"LEFT": "true"}, 1),
        ({"RESULTS": "success failure skipped"}, 1),
        ({"RESULTS": "cancelled skipped skipped", "FIRST": "cancelled"}, 1),
        ({"RESULTS": "skipped skipped", "FIRST": "skipped"}, 1),
        ({"PLANNED": "skipped"}, 1),
    ],
)
def test_prod_is_done_only_when_all_rounds_and_the_cluster_are(
    tmp_path: Path, given: dict[str, str], code: int
):
    assert settled(Shell(tmp_path), **given) == code
