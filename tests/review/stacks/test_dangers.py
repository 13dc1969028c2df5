"""Each planted danger is found, by its own rule; and every rule has one planted for it."""

import pytest

from review.stacks.dangers import RULES, name_of
from review.stacks.dangers.stateful import STATEFUL
from review.stacks.review import review
from stacks.guardrails import destruction
from tests.review.stacks.planted import PLANTED
from tests.review.stacks.planted.case import Planted
from tests.review.stacks.tiny import BUCKET, VPC, Resources, found, stack, stacks
from tests.stacks.test_stateful_addresses import KINDS

# Rules that a stack's resources alone cannot break; they have tests of their own below.
BESIDE = {"left-to-itself", "renamed-without-block", "other-state", "other-account", "output-gone"}


def case(planted: Planted) -> str:
    return planted.claim.replace(" ", "_")


@pytest.mark.parametrize("planted", PLANTED, ids=case)
def test_a_planted_danger_is_found(planted: Planted) -> None:
    # A rule needs a stack that is there already: beside nothing else, everything is new.
    other: Resources = {"aws_iam_group.other": {"name": "other"}}
    dangers = found({**other, **planted.before}, {**other, **planted.after})
    assert sorted(each.rule for each in dangers if each.severity == "danger") == sorted(
        planted.rules
    )


def test_every_rule_has_a_danger_planted_for_it() -> None:
    planted = {rule for each in PLANTED for rule in each.rules}
    assert {name_of(rule) for rule in RULES} == planted | BESIDE
    assert len(PLANTED) >= 18


def test_what_the_guardrails_and_the_pinned_addresses_call_stateful_is_stateful() -> None:
    assert set(destruction.STATEFUL) <= set(STATEFUL)
    assert set(STATEFUL) >= KINDS


def rules(before: dict, after: dict) -> list[tuple[str, str]]:
    return [(each.severity, each.rule) for each in review(before, after).findings]


def test_another_place_of_the_state_is_a_danger() -> None:
    old, new = (
        stacks(stack(VPC, terraform={"backend": {"s3": {"bucket": "state", "key": key}}}))
        for key in ("tribe/dev-network.tfstate", "other.tfstate")
    )
    assert rules(old, new) == [("danger", "other-state")]


def test_a_state_without_its_lock_is_a_danger() -> None:
    old, new = (
        stacks(stack(VPC, terraform={"backend": {"s3": {"bucket": "state", "use_lockfile": on}}}))
        for on in (True, False)
    )
    assert rules(old, new) == [("danger", "other-state")]


def test_another_region_is_a_danger() -> None:
    old, new = (
        stacks(stack(VPC, provider={"aws": [{"region": region}]}))
        for region in ("eu-central-1", "eu-west-1")
    )
    assert rules(old, new) == [("danger", "other-account")]


def test_an_output_that_goes_is_a_notice() -> None:
    old, new = stacks(stack(VPC, output={"vpc_id": {"value": "x"}})), stacks(stack(VPC))
    assert rules(old, new) == [("notice", "output-gone")]


def test_a_rename_without_a_block_is_a_notice_where_nothing_is_lost() -> None:
    old, new = {"aws_route_table.a": {"vpc_id": "v"}}, {"aws_route_table.b": {"vpc_id": "v"}}
    assert [(each.severity, each.rule) for each in found(old, new)] == [
        ("notice", "renamed-without-block")
    ]


def test_what_terraform_is_told_to_forget_is_a_notice() -> None:
    forgotten = [{"from": "aws_s3_bucket.logs", "lifecycle": [{"destroy": False}]}]
    old, new = stacks(stack({**VPC, **BUCKET})), stacks(stack(VPC, removed=forgotten))
    assert rules(old, new) == [("notice", "left-to-itself")]


def test_a_whole_environment_that_goes_is_one_danger() -> None:
    old = stacks(stack(VPC), stack(BUCKET, name="dev-storage"), stack(VPC, name="staging-network"))
    new = stacks(stack(VPC, name="staging-network"))
    assert rules(old, new) == [("danger", "environment-gone")]


def test_a_whole_stack_that_goes_is_one_danger() -> None:
    old, new = stacks(stack(VPC), stack(BUCKET, name="dev-storage")), stacks(stack(VPC))
    assert rules(old, new) == [("danger", "stack-gone")]


@pytest.mark.parametrize("name", ["prod-network", "account-prod"])
def test_anything_at_all_in_production_is_a_notice(name: str) -> None:
    old = stacks(stack({"aws_vpc.vpc": {"tags": {"a": "b"}}}, name=name))
    new = stacks(stack({"aws_vpc.vpc": {"tags": {"a": "c"}}}, name=name))
    assert rules(old, new) == [("notice", "production")]
    assert rules(old, old) == []
