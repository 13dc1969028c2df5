"""What leaves the applied copy of a stack, with all that refers to it and nothing else."""

import pytest

from rehearsal import unimplemented
from rehearsal.unimplemented import UNIMPLEMENTED, remove_unimplemented

GROUP = "aws_security_group.tunnel"


@pytest.fixture(autouse=True)
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unimplemented, "UNIMPLEMENTED", {GROUP: "for these tests"})


def test_a_listed_resource_leaves_and_its_type_with_the_last_one() -> None:
    document = {"resource": {"aws_security_group": {"tunnel": {}}, "aws_vpc": {"vpc": {}}}}
    assert remove_unimplemented(document) == {GROUP}
    assert document == {"resource": {"aws_vpc": {"vpc": {}}}}


def test_what_refers_to_it_leaves_too_however_far_away() -> None:
    rule = {"security_group_id": f"${{{GROUP}.id}}"}
    alarm = {"dimensions": {"rule": "${aws_rule.out.id}"}}
    document = {
        "resource": {
            "aws_security_group": {"tunnel": {}, "tunnel-2": {}},
            "aws_rule": {"out": rule, "in": {"security_group_id": f"${{{GROUP}-2.id}}"}},
            "aws_alarm": {"out": alarm},
        },
        "output": {
            "group": {"value": f"${{{GROUP}.id}}"},
            "other": {"value": f"${{{GROUP}-2.id}}"},
        },
    }
    assert remove_unimplemented(document) == {GROUP, "aws_rule.out", "aws_alarm.out"}
    assert document["resource"].keys() == {"aws_security_group", "aws_rule"}
    assert document["resource"]["aws_rule"].keys() == {"in"}
    assert document["output"].keys() == {"other"}


def test_what_only_waits_for_it_stays_and_waits_no_longer() -> None:
    document = {
        "resource": {
            "aws_security_group": {"tunnel": {}},
            "aws_instance": {"machine": {"depends_on": [GROUP, "aws_vpc.vpc"]}},
        }
    }
    assert remove_unimplemented(document) == {GROUP}
    assert document["resource"]["aws_instance"]["machine"]["depends_on"] == ["aws_vpc.vpc"]


def test_a_stack_without_any_of_it_stays_as_it_is() -> None:
    document = {"resource": {"aws_vpc": {"vpc": {"cidr_block": "10.10.0.0/16"}}}, "output": {}}
    before = repr(document)
    assert remove_unimplemented(document) == frozenset()
    assert repr(document) == before


def test_every_entry_has_a_reason() -> None:
    assert all(UNIMPLEMENTED.values())
