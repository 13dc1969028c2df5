"""checkov: nothing fails that is not waived with a reason, and no waiver outlives its failure."""

import pytest

from delivery.terraform import TerraformMissing
from gates import checkov
from gates.finding import Report, Subject, needless, unwaived, waivers_in
from gates.plans import plan
from rehearsal.provider import ProviderMissing
from tests.synthesis import Stack


@pytest.fixture(scope="module")
def synthesized_report(synthesized: dict[str, Stack]) -> Report:
    """checkov's word on all stacks of all environments."""
    try:
        return checkov.scan_stacks(synthesized)
    except checkov.CheckovMissingError as missing:
        pytest.skip(f"NOT CHECKED by checkov: {missing}")


@pytest.fixture(scope="module")
def plan_report(synthesized: dict[str, Stack], tmp_path_factory: pytest.TempPathFactory) -> Report:
    """checkov's word on the plan of dev and of all accounts."""
    planned = [name for name in synthesized if name.startswith(("account-", "dev-"))]
    try:
        return checkov.scan_plan(
            plan(synthesized, only=planned, folder=tmp_path_factory.mktemp("plan"))
        )
    except (checkov.CheckovMissingError, ProviderMissing, TerraformMissing) as missing:
        pytest.skip(f"NOT CHECKED by checkov in the form of a plan: {missing}")


def test_no_stack_fails_a_check_that_is_not_waived(
    synthesized: dict[str, Stack], synthesized_report: Report
) -> None:
    assert unwaived(synthesized_report, waivers=waivers_in(synthesized)) == []


def test_no_plan_fails_a_check_that_is_not_waived(
    synthesized: dict[str, Stack], plan_report: Report
) -> None:
    assert unwaived(plan_report, waivers=waivers_in(synthesized)) == []


def test_no_waiver_outlives_its_failure(
    synthesized: dict[str, Stack], synthesized_report: Report, plan_report: Report
) -> None:
    reports = (synthesized_report, plan_report)
    assert needless(reports, waivers=waivers_in(synthesized)) == []


def test_checkov_looks_at_hundreds_of_resources(synthesized_report: Report) -> None:
    assert len(synthesized_report.resources) > 300
    assert len({each.check for each in synthesized_report.passed}) > 50


def test_checkov_reads_the_policies_of_a_plan(plan_report: Report) -> None:
    privilege_escalation = "CKV_AWS_286"
    looked_at = {each.address for each in plan_report.passed if each.check == privilege_escalation}
    assert "aws_iam_role_policy.load-balancer-controller-policy" in looked_at
    boundary = Subject(
        stack="account-nonprod", address="aws_iam_policy.boundary", check=privilege_escalation
    )
    assert boundary in plan_report.failed


def test_a_failure_in_a_stack_is_found(synthesized: dict[str, Stack]) -> None:
    """The whole way, with checkov itself: one bucket's public access block opened."""
    storage = {**synthesized["dev-storage"]}
    kind = "aws_s3_bucket_public_access_block"
    blocks = storage["resource"][kind]
    opened = {**blocks["loki-chunks-public-access"], "block_public_acls": False}
    storage["resource"] = {
        **storage["resource"],
        kind: {**blocks, "loki-chunks-public-access": opened},
    }
    try:
        report = checkov.scan_stacks({"dev-storage": storage})
    except checkov.CheckovMissingError as missing:
        pytest.skip(f"NOT CHECKED by checkov: {missing}")
    found = unwaived(report, waivers=waivers_in({"dev-storage": storage}))
    assert {each.partition(" fails")[0] for each in found} == {
        "dev-storage aws_s3_bucket.loki-chunks: CKV2_AWS_6",  # found by way of the reference
        "dev-storage aws_s3_bucket_public_access_block.loki-chunks-public-access: CKV_AWS_53",
    }
