"""A service's line in CODEOWNERS."""

import sys

from delivery.stack_folder import ROOT

sys.path += [str(ROOT / "gitops-template"), str(ROOT / "gitops-template" / "service")]

from service_owners import with_owner

HEAD = "*  @us/platform\n\n# Services, each its team's.\n"
TAIL = "\n/services/*/*/prod/  @us/platform\n"


def added(text: str, *names: str, team: str = "@us/team") -> str:
    for name in names:
        text = with_owner(text, folder=f"services/api-services/{name}", owner=team)
    return text


def line(name: str, team: str = "@us/team") -> str:
    return f"/services/api-services/{name}/  {team}\n"


def test_the_first_line_stands_below_the_heading_and_above_what_overrules_it():
    assert added(HEAD + TAIL, "orders") == HEAD + line("orders") + TAIL


def test_lines_stand_in_order_whatever_came_first():
    expected = HEAD + line("cart") + line("orders") + line("shop") + TAIL
    assert added(HEAD + TAIL, "orders", "shop", "cart") == expected


def test_the_same_line_is_added_once():
    once = added(HEAD + TAIL, "orders")
    assert added(once, "orders") == once


def test_a_line_that_a_killed_run_left_goes_to_the_new_team():
    left = added(HEAD + TAIL, "orders", team="@us/old")
    assert added(left, "orders") == HEAD + line("orders") + TAIL


def test_a_name_that_begins_another_is_not_taken_for_it():
    text = added(HEAD + TAIL, "orders-archive")
    assert added(text, "orders") == HEAD + line("orders-archive") + line("orders") + TAIL


def test_where_the_heading_was_taken_away_the_line_goes_to_the_end():
    assert added("*  @us/platform\n", "orders") == "*  @us/platform\n" + line("orders")
