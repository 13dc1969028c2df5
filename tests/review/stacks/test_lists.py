"""Lists of arguments: a block alone or in a list, sets without an order, names that move."""

from typing import Any

import pytest

from review.stacks.argument import Argument
from review.stacks.comparison import compare
from review.stacks.review import review
from tests.review.stacks.tiny import BUCKET, VPC, changes, stack, stacks


def arguments(address: str, before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    found = changes({address: before}, {address: after})
    return [(each.path, each.before, each.after) for change in found for each in change.arguments]


def test_one_block_is_the_same_alone_and_in_a_list() -> None:
    alone, listed = {"scaling_config": {"max_size": 4}}, {"scaling_config": [{"max_size": 4}]}
    assert arguments("aws_eks_node_group.a", alone, listed) == []
    assert arguments("aws_eks_node_group.a", listed, {"scaling_config": {"max_size": 6}}) == [
        ("scaling_config[0].max_size", 4, 6)
    ]


def test_named_things_that_change_places_are_told_by_their_names() -> None:
    container = [{"name": "a", "image": "x"}, {"name": "b", "image": "y"}]
    assert arguments(
        "aws_batch_thing.a", {"containers": container}, {"containers": container[::-1]}
    ) == [("containers", ["a", "b"], ["b", "a"])]


def test_of_a_set_of_blocks_only_those_that_differ_are_told() -> None:
    same = {"from_port": 443, "to_port": 443, "cidr_blocks": ["10.0.0.0/8"]}
    old, new = ({"from_port": port, "to_port": port} for port in (80, 81))
    before, after = {"ingress": [same, old]}, {"ingress": [new, same]}
    assert arguments("aws_security_group.a", before, after) == [
        ("ingress[0].from_port", 80, 81),
        ("ingress[0].to_port", 80, 81),
    ]


def test_a_renamed_resource_is_found_where_lists_name_it_too() -> None:
    before, after = (
        {
            f"aws_security_group.{name}": {"name": "nodes"},
            "aws_eks_cluster.c": {
                "vpc_config": {"security_group_ids": [f"${{aws_security_group.{name}.id}}"]}
            },
        }
        for name in ("old", "new")
    )
    moved = [{"from": "aws_security_group.old", "to": "aws_security_group.new"}]
    found = review(stacks(stack(before)), stacks(stack(after, moved=moved))).changes
    assert [(each.action, each.address) for each in found] == [("moved", "aws_security_group.new")]


def test_a_new_stack_is_no_consequence_of_what_another_makes_anew() -> None:
    reader = stack({"aws_subnet.a": {"vpc_id": "${aws_vpc.vpc.id}"}}, name="dev-more")
    new = stacks(stack({"aws_vpc.vpc": {"cidr_block": "10.1.0.0/16"}}), reader)
    found = review(stacks(stack(VPC)), new).changes
    assert [(each.action, each.stack, each.because) for each in found] == [
        ("added", "dev-more", ""),
        ("replaced", "dev-network", ""),
    ]


def test_what_reads_a_stack_that_is_not_here_stays_as_it_is() -> None:
    text = (
        "${data.terraform_remote_state.cross-stack-reference-input-dev-gone"
        ".outputs.cross-stack-output-vpc}"
    )
    before, after = (
        {"aws_subnet.a": {"vpc_id": text}, "aws_eip.a": {"domain": value}} for value in "ab"
    )
    assert [each.address for each in changes(before, after)] == ["aws_eip.a"]


def test_another_setting_of_a_provider_is_no_danger() -> None:
    old, new = (
        stacks(stack(BUCKET, provider={"aws": [{"region": "eu-central-1", "max_retries": n}]}))
        for n in (1, 2)
    )
    found = review(old, new)
    assert (list(found.findings), len(list(found.changes))) == ([], 1)


def test_another_setting_of_a_backend_is_no_danger() -> None:
    old, new = (
        stacks(stack(BUCKET, terraform={"backend": {"s3": {"bucket": "state", "max_retries": n}}}))
        for n in (1, 2)
    )
    found = review(old, new)
    assert (list(found.findings), len(list(found.changes))) == ([], 1)


def test_a_stack_that_neither_side_has_is_none_to_compare() -> None:
    with pytest.raises(ValueError, match="neither revision has"):
        compare(None, None)
    assert Argument(path="a", before=1, after=2).replaces is False
