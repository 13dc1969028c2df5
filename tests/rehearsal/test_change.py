"""Which arguments a plan changes, read from its JSON."""

from typing import Any

from rehearsal.change import EXISTENCE, changes
from rehearsal.schema import Schema

SCHEMA = Schema(
    resources={
        "aws_eks_node_group": {
            "block": {
                "attributes": {"arn": {"computed": True}, "version": {"optional": True}},
                "block_types": {
                    "launch_template": {"block": {"attributes": {"id": {"optional": True}}}}
                },
            }
        }
    },
    data={},
    provider={},
)


def arguments(
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    actions: tuple[str, ...] = ("update",),
    unknown: dict[str, Any] | None = None,
    replaced_by: list[list[str | int]] | None = None,
) -> list[str]:
    change = {
        "actions": list(actions),
        "before": before,
        "after": after,
        "after_unknown": unknown or {},
        "replace_paths": replaced_by or [],
    }
    resource = {
        "address": "aws_eks_node_group.system",
        "mode": "managed",
        "type": "aws_eks_node_group",
        "change": change,
    }
    return [each.argument for each in changes({"resource_changes": [resource]}, schema=SCHEMA)]


def test_an_argument_that_differs_is_a_change() -> None:
    assert arguments({"version": "1.35"}, {"version": "1.36"}) == ["version"]


def test_an_argument_in_a_block_is_told_with_its_block() -> None:
    before = {"launch_template": [{"id": "lt-1", "name": "system"}]}
    after = {"launch_template": [{"id": "lt-2", "name": "system"}]}
    assert arguments(before, after) == ["launch_template.id"]


def test_a_block_that_is_missing_is_told_as_a_block() -> None:
    after = {"launch_template": [{"id": "lt-2"}]}
    assert arguments({"launch_template": []}, after) == ["launch_template"]


def test_a_map_is_told_as_a_whole() -> None:
    assert arguments({"tags": {"Name": "a"}}, {"tags": {"Name": "b"}}) == ["tags"]


def test_what_is_not_set_is_the_same_however_it_is_written() -> None:
    assert arguments({"tags": {}, "version": ""}, {"tags": None, "version": None}) == []


def test_no_action_is_no_change() -> None:
    assert arguments({"version": "1.35"}, {"version": "1.36"}, actions=("no-op",)) == []


def test_a_resource_that_is_made_or_removed_changes_as_a_whole() -> None:
    assert arguments(None, {"version": "1.36"}, actions=("create",)) == [EXISTENCE]
    assert arguments({"version": "1.36"}, None, actions=("delete",)) == [EXISTENCE]


def test_what_forces_a_replacement_is_a_change() -> None:
    same = {"version": "1.36"}
    replaced_by: list[list[str | int]] = [["launch_template", 0, "id"]]
    found = arguments(same, same, actions=("delete", "create"), replaced_by=replaced_by)
    assert found == ["launch_template.id"]


def test_what_aws_fills_in_is_no_change_where_another_explains_it() -> None:
    found = arguments({"version": "1.35", "arn": "a"}, {"version": "1.36"}, unknown={"arn": True})
    assert found == ["version"]


def test_what_aws_fills_in_is_a_change_where_nothing_else_explains_it() -> None:
    assert arguments({"arn": "a"}, {}, unknown={"arn": True}) == ["arn"]


def test_an_argument_that_waits_for_another_resource_is_a_change() -> None:
    before = {"version": "1.35", "launch_template": [{"id": "lt-1"}]}
    unknown = {"launch_template": [{"id": True}], "version": True}
    assert arguments(before, {"launch_template": [{}]}, unknown=unknown) == [
        "launch_template.id",
        "version",
    ]
