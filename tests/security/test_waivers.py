"""Waivers say why, stand beside the resource, and go when they are no longer needed."""

import json
from typing import Any

import pytest

from gates import checkov
from gates.finding import Report, Subject, needless, unwaived, waivers_in
from stacks.waivers import EVERYWHERE, Everywhere, UnexplainedWaiverError, waive, waivers_of
from tests.synthesis import Stack

BUCKET = "aws_s3_bucket.logs"


class Resource:
    """Takes cdktf's overrides as a resource does."""

    def __init__(self) -> None:
        self.arguments: dict[str, Any] = {"//": {"metadata": {"uniqueId": "logs"}}}

    def add_override(self, path: str, value: Any) -> None:
        *parents, last = path.split(".")
        place = self.arguments
        for each in parents:
            place = place.setdefault(each, {})
        place[last] = value


def subject(check: str, *, stack: str = "dev-storage") -> Subject:
    return Subject(stack=stack, address=BUCKET, check=check)


def report(*failed: Subject, passed: tuple[Subject, ...] = ()) -> Report:
    return Report(failed=dict.fromkeys(failed, "Ensure it"), passed=frozenset(passed))


def test_a_waiver_stands_in_the_resources_own_comment() -> None:
    resource = Resource()
    waive(resource, "CKV_1", "CKV_2", why="It is so.")
    waive(resource, "CKV_3", why="And so.")
    assert waivers_of(resource.arguments) == {
        "CKV_1": "It is so.",
        "CKV_2": "It is so.",
        "CKV_3": "And so.",
    }
    assert resource.arguments["//"]["metadata"] == {"uniqueId": "logs"}


@pytest.mark.parametrize("why", ["", "  \n"])
def test_a_waiver_without_a_reason_is_refused(why: str) -> None:
    with pytest.raises(UnexplainedWaiverError, match="CKV_1 waived without a reason"):
        waive(Resource(), "CKV_1", why=why)
    with pytest.raises(UnexplainedWaiverError, match="CKV_1 waived without a reason"):
        Everywhere(check="CKV_1", why=why)


def test_a_waiver_of_nothing_is_refused() -> None:
    with pytest.raises(UnexplainedWaiverError, match="names no check"):
        waive(Resource(), why="It is so.")


def test_the_waivers_survive_synthesis(synthesized: dict[str, Stack]) -> None:
    waivers = waivers_in(synthesized)
    boundary = Subject(stack="account-prod", address="aws_iam_policy.boundary", check="CKV_AWS_286")
    assert boundary in waivers
    assert all(why.strip() for why in waivers.values())


def test_a_failure_needs_a_waiver_of_its_own_check_resource_and_stack() -> None:
    waivers = {subject("CKV_1"): "It is so."}
    assert unwaived(report(subject("CKV_1")), waivers=waivers, everywhere=()) == []
    for other in (subject("CKV_2"), subject("CKV_1", stack="prod-storage")):
        (found,) = unwaived(report(other), waivers=waivers, everywhere=())
        assert found.startswith(f"{other} fails: Ensure it.")


def test_a_waiver_in_the_json_without_a_reason_waives_nothing() -> None:
    assert unwaived(report(subject("CKV_1")), waivers={subject("CKV_1"): " "}, everywhere=())


def test_a_waiver_everywhere_holds_in_its_stacks() -> None:
    row = Everywhere(check="CKV_1", why="It is so.", stacks=("dev-*",))
    failures = report(subject("CKV_1"), subject("CKV_1", stack="prod-storage"))
    (found,) = unwaived(failures, waivers={}, everywhere=(row,))
    assert found.startswith("prod-storage")


def test_a_waiver_that_answers_for_no_failure_is_refused() -> None:
    waivers = {subject("CKV_1"): "It was so.", subject("CKV_2"): "It is so."}
    left = needless([report(subject("CKV_2"))], waivers=waivers, everywhere=())
    assert left == [f"{subject('CKV_1')} does not fail. Take its waiver away."]


def test_a_waiver_is_needed_where_the_plan_of_another_environment_fails() -> None:
    prod = subject("CKV_1", stack="prod-storage")
    dev_alone = report(subject("CKV_1"))
    assert needless([dev_alone], waivers={prod: "It is so."}, everywhere=()) == []
    passes_itself = report(subject("CKV_1"), passed=(prod,))
    assert needless([passes_itself], waivers={prod: "It was so."}, everywhere=()) != []


def test_each_pattern_of_a_waiver_everywhere_must_be_needed() -> None:
    row = Everywhere(check="CKV_1", why="It is so.", stacks=("dev-*", "prod-*"))
    left = needless([report(subject("CKV_1"))], waivers={}, everywhere=(row,))
    assert left == ["prod-* everywhere: CKV_1 does not fail. Take its waiver away."]


def test_no_check_is_waived_everywhere_twice() -> None:
    rows = [(row.check, pattern) for row in EVERYWHERE for pattern in row.stacks]
    assert len(rows) == len(set(rows))


def printed(**results: Any) -> str:
    return json.dumps({"results": {"failed_checks": [], "passed_checks": [], **results}})


def test_a_file_that_checkov_could_not_parse_is_no_success() -> None:
    passed = [{"check_id": "CKV_1", "check_name": "Ensure it"}]
    output = printed(passed_checks=passed, parsing_errors=["/dev-storage/cdk.tf.json"])
    with pytest.raises(checkov.CheckovFailedError, match="could not parse /dev-storage"):
        checkov.read(output, locate=lambda _: ("dev-storage", BUCKET))


@pytest.mark.parametrize("output", [printed(), '{"passed": 0, "failed": 0}'])
def test_a_run_without_a_check_is_no_success(output: str) -> None:
    with pytest.raises(checkov.CheckovFailedError, match="ran no check"):
        checkov.read(output, locate=lambda _: ("dev-storage", BUCKET))


def test_a_check_that_checkov_skips_by_itself_is_no_success() -> None:
    skipped = printed(skipped_checks=[{"check_id": "CKV_1", "check_name": "Ensure it"}])
    with pytest.raises(checkov.CheckovFailedError, match=r"waivers are ours, in stacks\.waivers"):
        checkov.read(skipped, locate=lambda _: ("dev-storage", BUCKET))
