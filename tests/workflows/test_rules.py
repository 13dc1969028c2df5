"""Every workflow of both repositories keeps to the rules, and each rule refuses what breaks it."""

from pathlib import Path

import pytest

from tests.workflows.rules import OWN, RULES, Rule
from tests.workflows.workflow import Workflow, workflows

GOOD = """
on: {pull_request: }
permissions: {}
concurrency: {group: one}
defaults: {run: {shell: bash}}
jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions: {contents: read}
    steps:
      - uses: actions/checkout@0000000000000000000000000000000000000000 # v1.2.3
        with: {persist-credentials: false}
      - run: make check
"""

# Claim → what of GOOD is replaced by what.
BAD = {
    "actions_are_pinned_by_commit_and_say_their_version": [
        ("@0000000000000000000000000000000000000000", "@v1.2.3"),
        (" # v1.2.3", ""),
        (" # v1.2.3", " # v1"),
    ],
    "nothing_is_permitted_but_what_a_job_names": [
        ("permissions: {}", "permissions: {contents: read}"),
        ("permissions: {}", "permissions: write-all"),
        ("    permissions: {contents: read}\n", ""),
    ],
    "every_job_ends_in_time": [
        ("    timeout-minutes: 5\n", ""),
        ("timeout-minutes: 5", "timeout-minutes: 360"),
    ],
    "runs_do_not_meet_themselves": [("concurrency: {group: one}\n", "")],
    "no_code_of_a_fork_meets_power": [
        ("pull_request:", "pull_request_target:"),
        ("pull_request:", "workflow_run:"),
        ("{contents: read}", "{contents: write}"),
        ("{contents: read}", "{contents: read, id-token: write}"),
        ("run: make check", "run: make check\n        env: {KEY: '${{ secrets.KEY }}'}"),
    ],
    "no_expression_is_put_into_a_script": [("make check", "make ${{ github.head_ref }}")],
    "scripts_stop_at_the_first_fault": [("defaults: {run: {shell: bash}}\n", "")],
    "no_credentials_stay_in_a_checkout": [("        with: {persist-credentials: false}\n", "")],
    "runners_are_of_a_known_kind": [("ubuntu-24.04", "ubuntu-latest")],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_workflow_keeps_to_it(repository: Path, rule: Rule):
    assert [(each.name, fault) for each in workflows(repository) for fault in rule(each)] == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        pytest.param(rule, old, new, id=f"{rule.__name__}-{number}")
        for rule in RULES
        for number, (old, new) in enumerate(BAD[rule.__name__])
    ],
)
def test_it_refuses_what_breaks_it(rule: Rule, old: str, new: str, tmp_path: Path):
    assert old in GOOD
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace(old, new, 1))
    assert list(rule(Workflow(good))) == []
    assert list(rule(Workflow(bad))) != []


def test_a_called_workflow_exists_and_is_given_what_it_asks_for(repository: Path):
    there = {each.name: each for each in workflows(repository)}
    for workflow in there.values():
        for job, called in workflow.calls:
            assert job["uses"] == f"{OWN}{called}"
            asked = there[called].document["on"]["workflow_call"] or {}
            inputs = asked.get("inputs", {})
            required = {name for name, each in inputs.items() if each.get("required") == "true"}
            assert required <= set(job.get("with", {})) <= set(inputs), f"{workflow.name}: {called}"
            needed = [each["permissions"] for each in there[called].jobs.values()]
            granted = job["permissions"]
            assert all(granted.get(name) for each in needed for name in each), workflow.name


def test_what_comments_is_the_same_in_both_repositories(gitops: Path):
    ours, theirs = (
        (root / ".github/workflows/comment.yaml").read_text()
        for root in (Path(__file__).parents[2], gitops)
    )
    assert ours == theirs
