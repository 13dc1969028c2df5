"""The second plan's changes against the list of what the emulators forget."""

from rehearsal.change import Change
from rehearsal.forgotten import FORGOTTEN, Forgotten, faults

LISTED = (Forgotten(resource_type="aws_flow_log", argument="tags", reason="It keeps none."),)


def change(argument: str) -> Change:
    return Change(resource_type="aws_flow_log", address="aws_flow_log.flow-log", argument=argument)


def test_a_listed_change_is_no_fault() -> None:
    assert faults([change("tags")], listed=LISTED) == []


def test_an_entry_covers_what_is_in_its_block() -> None:
    assert faults([change("tags.Name")], listed=LISTED) == []


def test_an_entry_covers_no_other_argument_that_begins_alike() -> None:
    [unlisted, unneeded] = faults([change("tags_all")], listed=LISTED)
    assert unlisted.startswith("aws_flow_log.flow-log changes tags_all")
    assert unneeded.startswith("aws_flow_log.tags no longer changes")


def test_a_change_outside_the_list_is_a_fault() -> None:
    [fault] = faults([change("tags"), change("iam_role_arn")], listed=LISTED)
    assert "iam_role_arn" in fault
    assert "FORGOTTEN" in fault


def test_an_entry_that_no_plan_shows_is_a_fault() -> None:
    [fault] = faults([], listed=LISTED)
    assert "take it off" in fault


def test_every_entry_has_a_reason_and_stands_once() -> None:
    assert all(entry.reason for entry in FORGOTTEN)
    named = [(entry.resource_type, entry.argument) for entry in FORGOTTEN]
    assert len(named) == len(set(named))
