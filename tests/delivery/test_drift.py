"""Drift: what stands is compared with what git says, by real Terraform."""

import json
from pathlib import Path

import pytest

from delivery.drift import drift, report
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from tests.delivery.two_stacks import COMMIT, LOWER, UPPER, TwoStacks


@pytest.fixture
def applied(tmp_path: Path) -> TwoStacks:
    try:
        made = TwoStacks(tmp_path, Terraform())
    except TerraformMissing as reason:
        pytest.skip(f"NO DRIFT WAS LOOKED FOR: {reason}")
    made.write(given="first")
    made.rounds().converge()
    return made


def test_what_stands_as_git_says_is_no_drift(applied: TwoStacks):
    assert drift(applied.rounds()) == {}


def test_each_stack_is_looked_at_by_itself_and_nothing_waits(applied: TwoStacks):
    applied.write(given="second", kept="more")
    assert drift(applied.rounds()) == {
        UPPER: ["update terraform_data.given", "update output given"],
        LOWER: ["update terraform_data.kept"],
    }


def test_what_someone_removed_is_made_again(applied: TwoStacks):
    state = json.loads(applied.state(LOWER).read_text())
    state["resources"] = [each for each in state["resources"] if each["name"] != "kept"]
    state["serial"] += 1
    applied.state(LOWER).write_text(json.dumps(state))
    assert drift(applied.rounds()) == {LOWER: ["create terraform_data.kept"]}


def test_a_stack_that_cannot_be_planned_is_no_clean_one(applied: TwoStacks):
    applied.state(UPPER).unlink()
    with pytest.raises(TerraformFailed, match="Unable to find remote state"):
        drift(applied.rounds())


def test_the_report_names_what_differs_and_shows_no_value(applied: TwoStacks):
    applied.write(given="a-secret-of-ours")
    text = report("dev", drift(applied.rounds()), commit=COMMIT)
    assert f"### {UPPER}" in text
    assert "update terraform_data.given" in text
    assert "a-secret-of-ours" not in text
    assert f"### {LOWER}" not in text
