"""Rounds, by real Terraform: exactly what was approved is applied, and the rest asks again."""

import json
from pathlib import Path

import pytest

from delivery.plan_file import NotApprovedError, PlanFile, StalePlanError
from delivery.plan_summary import summary
from delivery.round import RECORD, NotConvergingError, Round
from delivery.stack_folder import CONFIGURATION
from delivery.terraform import Terraform, TerraformMissing
from tests.delivery.two_stacks import COMMIT, LOWER, UPPER, TwoStacks


@pytest.fixture
def stacks(tmp_path: Path) -> TwoStacks:
    """Neither of them applied."""
    try:
        made = TwoStacks(tmp_path, Terraform())
    except TerraformMissing as reason:
        pytest.skip(f"NO PLAN WAS MADE: {reason}")
    made.write(given="first")
    return made


@pytest.fixture
def applied(stacks: TwoStacks) -> TwoStacks:
    """Both of them applied."""
    stacks.rounds(kept="before").converge()
    assert stacks.stands(LOWER) == {"taken": "first", "kept": "kept"}
    return stacks


def told(made: Round) -> tuple[list[str], list[str], list[str]]:
    """Names of those with changes, those without, those that wait."""
    still = [each.name for each in made.planned if not each.changes]
    return [each.name for each in made.changing], still, list(made.waiting)


def test_a_stack_waits_for_the_one_above_it_and_is_planned_in_the_next_round(stacks: TwoStacks):
    rounds = stacks.rounds()
    first = rounds.plan()
    assert told(first) == ([UPPER], [], [LOWER])
    rounds.apply(first)
    second = rounds.plan()
    assert told(second) == ([LOWER], [UPPER], [])
    rounds.apply(second)
    assert told(rounds.plan()) == ([], [UPPER, LOWER], [])


def test_a_stack_whose_upstream_changed_asks_again_only_if_it_then_has_changes(applied: TwoStacks):
    applied.write(given="first", own="another")
    rounds = applied.rounds()
    first = rounds.plan()
    assert told(first) == ([UPPER], [], [LOWER])
    rounds.apply(first)
    assert told(rounds.plan()) == ([], [UPPER, LOWER], [])

    applied.write(given="second", own="another")
    rounds.apply(rounds.plan())
    second = rounds.plan()
    assert told(second) == ([LOWER], [UPPER], [])
    assert applied.stands(LOWER)["taken"] == "first"


def test_a_change_of_the_lower_stack_alone_waits_for_nobody(applied: TwoStacks):
    applied.write(given="first", kept="more")
    assert told(applied.rounds().plan()) == ([LOWER], [UPPER], [])


def test_the_plan_that_was_approved_is_what_is_applied_by_another_machine(applied: TwoStacks):
    applied.write(given="second")
    made = applied.rounds().plan()
    read = Round.read(applied.folder / "kept", seal=made.seal, commit=COMMIT)
    assert read == made
    applied.rounds().apply(read)
    assert applied.stands(UPPER)["given"] == "second"


def test_a_configuration_that_changed_after_the_approval_is_refused(applied: TwoStacks):
    applied.write(given="second")
    rounds = applied.rounds()
    made = rounds.plan()
    applied.write(given="smuggled")
    with pytest.raises(NotApprovedError, match=rf"{UPPER}: its plan, its configuration"):
        rounds.apply(made)
    assert applied.stands(UPPER)["given"] == "first"


def test_another_plan_file_in_its_place_is_refused(applied: TwoStacks):
    applied.write(given="smuggled")
    other = applied.rounds(kept="other")
    other.plan()
    applied.write(given="second")
    rounds = applied.rounds()
    made = rounds.plan()
    (applied.folder / "other" / f"{UPPER}.tfplan").replace(rounds.kept / f"{UPPER}.tfplan")
    with pytest.raises(NotApprovedError, match="Run all jobs again"):
        rounds.apply(made)
    assert applied.stands(UPPER)["given"] == "first"


def test_another_lock_of_providers_is_refused(applied: TwoStacks):
    applied.write(given="second")
    rounds = applied.rounds()
    made = rounds.plan()
    (rounds.kept / f"{UPPER}.lock.hcl").write_text("# other providers\n")
    with pytest.raises(NotApprovedError):
        rounds.apply(made)


def test_a_record_that_was_edited_breaks_the_seal(applied: TwoStacks):
    applied.write(given="second")
    rounds = applied.rounds()
    made = rounds.plan()
    record = json.loads((rounds.kept / RECORD).read_text())
    record["planned"][0]["digest"] = "0" * 64
    (rounds.kept / RECORD).write_text(json.dumps(record, indent=2) + "\n")
    with pytest.raises(NotApprovedError, match="not the one that was approved"):
        Round.read(rounds.kept, seal=made.seal, commit=COMMIT)


def test_the_approval_of_one_commit_is_none_of_another(applied: TwoStacks):
    applied.write(given="second")
    made = applied.rounds().plan()
    other = "2" * 40
    with pytest.raises(
        NotApprovedError, match=f"Approved was commit {COMMIT}, and here is {other}"
    ):
        Round.read(applied.folder / "kept", seal=made.seal, commit=other)
    with pytest.raises(NotApprovedError):
        applied.rounds(commit=other).apply(made)


def test_a_stale_plan_is_refused_and_nothing_of_it_is_applied(applied: TwoStacks):
    applied.write(given="second")
    rounds = applied.rounds()
    made = rounds.plan()
    meanwhile = applied.rounds(kept="meanwhile")
    meanwhile.apply(meanwhile.plan())
    stands = applied.state(UPPER).read_text()
    with pytest.raises(StalePlanError, match=rf"{UPPER} was changed after it was planned"):
        rounds.apply(made)
    assert applied.state(UPPER).read_text() == stands


def test_the_same_approval_cannot_be_used_twice(applied: TwoStacks):
    applied.write(given="second")
    rounds = applied.rounds()
    made = rounds.plan()
    rounds.apply(made)
    with pytest.raises(StalePlanError):
        rounds.apply(made)


def test_a_round_without_changes_applies_nothing(applied: TwoStacks):
    rounds = applied.rounds()
    made = rounds.plan()
    before = applied.state(UPPER).read_text()
    rounds.apply(made)
    assert applied.state(UPPER).read_text() == before


def test_a_change_of_an_output_alone_is_a_change(applied: TwoStacks):
    path = applied.folder / "stacks" / UPPER / CONFIGURATION
    document = json.loads(path.read_text())
    document["output"]["more"] = {"value": "new"}
    path.write_text(json.dumps(document))
    assert told(applied.rounds().plan()) == ([UPPER], [], [LOWER])


def test_a_stack_that_never_settles_ends_the_deployment_with_its_name(
    applied: TwoStacks, monkeypatch: pytest.MonkeyPatch
):
    rounds = applied.rounds()
    apply = PlanFile.apply

    def undone(self: PlanFile, *, approved: str, commit: str) -> None:
        apply(self, approved=approved, commit=commit)
        applied.write(given=f"not {applied.stands(UPPER)['given']}"[-40:])

    monkeypatch.setattr(PlanFile, "apply", undone)
    applied.write(given="second")
    with pytest.raises(NotConvergingError, match=rf"{UPPER}: has changes again"):
        rounds.converge()


def test_the_summary_shows_each_plan_and_what_waits_for_it(applied: TwoStacks):
    applied.write(given="second")
    rounds = applied.rounds()
    text = summary(rounds.plan(), rounds=rounds)
    assert f"{UPPER}: has changes" in text
    assert '"first" -> "second"' in text
    assert f"Planned once the above is applied: {LOWER}." in text
    applied.write(given="first", kept="more")
    text = summary(rounds.plan(), rounds=rounds)
    assert f"{LOWER}: has changes" in text
    assert f"No changes: {UPPER}." in text


def test_the_summary_does_not_show_what_is_sensitive(applied: TwoStacks):
    path = applied.folder / "stacks" / UPPER / CONFIGURATION
    document = json.loads(path.read_text())
    document["variable"] = {"word": {"sensitive": True, "default": "pssst"}}
    document["resource"]["terraform_data"]["own"]["input"] = "${var.word}"
    path.write_text(json.dumps(document))
    rounds = applied.rounds()
    text = summary(rounds.plan(), rounds=rounds)
    assert "(sensitive value)" in text
    assert "pssst" not in text


def test_no_plan_can_close_the_fence_it_stands_in(applied: TwoStacks):
    applied.write(given="```\n# Approved by all")
    rounds = applied.rounds()
    text = summary(rounds.plan(), rounds=rounds)
    assert "````text\n" in text
    assert text.count("\n````\n") == 1
