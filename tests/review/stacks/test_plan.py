"""Terraform's own plan, in the place of the comparison."""

import json
from pathlib import Path
from typing import Any

import pytest

from review.stacks import plan
from review.stacks.argument import KNOWN_LATER, SENSITIVE
from review.stacks.change import Change
from review.stacks.review import review
from tests.review.stacks.tiny import VPC, allow, policy, stack, stacks


def planned(
    address: str, actions: list[str], before: Any = None, after: Any = None, **more: Any
) -> dict[str, Any]:
    """One resource of a plan. more: of its change; previous_address of itself."""
    previous = {"previous_address": more.pop("moved")} if "moved" in more else {}
    return {
        "address": address,
        "mode": "managed",
        "type": address.partition(".")[0],
        "name": address.partition(".")[2],
        "change": {"actions": actions, "before": before, "after": after, **more},
        **previous,
    }


def whole(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": list(resources),
        **more,
    }


def changes(*resources: dict[str, Any]) -> list[Change]:
    return list(plan.changes(whole(*resources), stack=stack({})))


@pytest.mark.parametrize(
    ("actions", "action"),
    [
        (["create"], "added"),
        (["update"], "changed"),
        (["delete"], "removed"),
        (["delete", "create"], "replaced"),
        (["create", "delete"], "replaced"),
        (["forget"], "forgotten"),
    ],
)
def test_each_of_terraforms_actions_has_its_name(actions: list[str], action: str) -> None:
    [change] = changes(planned("aws_vpc.vpc", actions, {"a": 1}, {"a": 2}))
    assert change.action == action


def test_what_stays_or_is_only_read_is_no_change() -> None:
    data = {**planned("data.aws_vpc.vpc", ["read"]), "mode": "data"}
    assert changes(planned("aws_vpc.vpc", ["no-op"], {"a": 1}, {"a": 1}), data) == []


def test_a_move_is_told_with_its_old_address() -> None:
    [change] = changes(planned("aws_vpc.b", ["no-op"], {"a": 1}, {"a": 1}, moved="aws_vpc.a"))
    assert (change.action, change.moved_from, change.by_block) == ("moved", "aws_vpc.a", True)


def test_what_terraform_says_replaces_it_is_what_is_told() -> None:
    [change] = changes(
        planned(
            "aws_subnet.a",
            ["delete", "create"],
            {"availability_zone": "1a", "arn": "arn:a", "tags": {"a": "b"}},
            {"availability_zone": "1b", "tags": {"a": "c"}},
            after_unknown={"arn": True, "tags": {}},
            replace_paths=[["availability_zone"]],
        )
    )
    assert {each.path: (each.after, each.replaces) for each in change.arguments} == {
        "arn": (KNOWN_LATER, False),
        "availability_zone": ("1b", True),
        "tags.a": ("c", False),
    }
    assert [each.known_later for each in change.arguments] == [True, False, False]


def test_what_is_sensitive_is_never_shown() -> None:
    [change] = changes(
        planned(
            "aws_db_instance.a",
            ["update"],
            {"password": "swordfish", "user": "a", "name": "same"},
            {"password": "tuna", "user": "b", "name": "same"},
            before_sensitive={"password": True, "name": True},
            after_sensitive={"password": True, "name": True},
        )
    )
    assert {each.path: (each.before, each.after) for each in change.arguments} == {
        "password": (SENSITIVE, plan.ANOTHER),
        "user": ("a", "b"),
    }
    assert "swordfish" not in repr(change)
    assert "tuna" not in repr(change)


def test_a_block_of_a_plan_is_compared_part_by_part() -> None:
    before, after = ([{"endpoint_public_access": each, "x": 1}] for each in (False, True))
    [change] = changes(
        planned("aws_eks_cluster.c", ["update"], {"vpc_config": before}, {"vpc_config": after})
    )
    assert [each.path for each in change.arguments] == ["vpc_config[0].endpoint_public_access"]


def test_a_danger_is_found_in_a_plan_too() -> None:
    found = review(
        stacks(stack(VPC)),
        stacks(stack(VPC)),
        plans={
            "dev-network": whole(
                planned(
                    "aws_iam_role_policy.a",
                    ["update"],
                    {"policy": policy(allow("s3:GetObject"))},
                    {"policy": policy(allow("s3:*"))},
                ),
                planned("aws_vpc.vpc", ["delete"], {"cidr_block": "10.0.0.0/16"}),
            )
        },
    )
    assert sorted(each.rule for each in found.dangers) == ["stateful-goes", "wider-policy"]
    [network] = found.environments[0].stacks
    assert network.source == "plan"


def test_a_plan_takes_the_place_of_what_was_synthesized() -> None:
    other = {"aws_vpc.vpc": {"cidr_block": "10.1.0.0/16"}}
    sides = stacks(stack(VPC)), stacks(stack(other))
    assert list(review(*sides).changes)
    assert list(review(*sides, plans={"dev-network": whole()}).changes) == []


def write(folder: Path, name: str, content: Any) -> Path:
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def test_plans_are_read_by_their_stacks_names(tmp_path: Path) -> None:
    write(tmp_path, "dev-network.json", whole())
    assert list(plan.read(tmp_path, stacks=["dev-network", "dev-edge"])) == ["dev-network"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("dev-nowhere.json", whole(), "there is no stack dev-nowhere"),
        ("dev-network.json", "{", "is no JSON"),
        ("dev-network.json", {"values": {}}, "is no plan of Terraform's"),
        ("dev-network.json", whole(errored=True), "stopped at an error"),
        ("readme.txt", "", "holds no plan"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, content: Any, said: str
) -> None:
    with pytest.raises(plan.PlanUnreadableError, match=said):
        plan.read(write(tmp_path, name, content), stacks=["dev-network"])
