"""Each kind of difference has its words, in the terminal, the comment and on the page."""

from typing import Any

from review.page.of_stacks import page
from review.stacks.markdown import comment
from review.stacks.review import review
from review.stacks.wording import counted, details, head
from tests.review.stacks.tiny import VPC, changes, reviewed, stack, stacks

NETWORK = {
    "aws_vpc.a": {"cidr_block": "10.0.0.0/16"},
    "aws_subnet.a": {"vpc_id": "${aws_vpc.a.id}", "cidr_block": "10.0.0.0/24"},
}
MADE_ANEW = {**NETWORK, "aws_vpc.a": {"cidr_block": "10.1.0.0/16"}}


def notes(before: Any, after: Any, **more: Any) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Address → note and lines on the page."""
    found = review(stacks(stack(before)), stacks(stack(after, **more)))
    [environment] = page(found, repository="tribe").environments
    [box] = environment.maps[0].boxes
    return {each.name: (each.note, each.lines) for each in box.entries}


def test_what_is_made_anew_for_anothers_sake_says_for_whose() -> None:
    [subnet, _] = changes(NETWORK, MADE_ANEW)
    assert head(subnet).endswith("replaced: vpc_id (because aws_vpc.a is)")
    later = "forces a new one  # known only later"
    assert list(details(subnet)) == [f'vpc_id: another "${{aws_vpc.a.id}}"  # {later}']
    note, lines = notes(NETWORK, MADE_ANEW)["aws_subnet.a"]
    assert note == "forced by vpc_id, because aws_vpc.a is replaced"
    later = "forces a new resource, known only when it is applied"
    assert lines == (f' vpc_id: another "${{aws_vpc.a.id}}"  # {later}',)


def test_a_rename_is_noted_with_its_old_address() -> None:
    before, after = {"aws_eip.a": {"domain": "vpc"}}, {"aws_eip.b": {"domain": "vpc"}}
    note, lines = notes(before, after)["aws_eip.b"]
    assert note == "from aws_eip.a, without a `moved` block: destroyed and made again"
    assert lines == ()
    moved = [{"from": "aws_eip.a", "to": "aws_eip.b"}]
    note, _ = notes(before, after, moved=moved)["aws_eip.b"]
    assert note == "from aws_eip.a"


def test_a_rename_by_a_block_has_nothing_to_add() -> None:
    moved = [{"from": "aws_eip.a", "to": "aws_eip.b"}]
    old = stacks(stack({"aws_eip.a": {"domain": "vpc"}}))
    new = stacks(stack({"aws_eip.b": {"domain": "vpc"}}, moved=moved))
    [change] = review(old, new).changes
    assert head(change) == "→ aws_eip.b, from aws_eip.a"


def test_what_replaces_an_unknown_type_is_noted_as_unknown() -> None:
    note, _ = notes({"helm_release.a": {"v": "1"}}, {"helm_release.a": {"v": "2"}})[
        "helm_release.a"
    ]
    assert note == "what replaces a helm_release is not known: this may"


def test_a_value_that_goes_has_no_line_after_it() -> None:
    before = {"aws_vpc.vpc": {"tags": {"a": "b", "c": "d"}}}
    _, lines = notes(before, {"aws_vpc.vpc": {"tags": {"a": "b"}}})["aws_vpc.vpc"]
    assert lines == ('-tags.c: "d"',)


def test_a_long_value_that_comes_is_shown_line_by_line() -> None:
    many = {"Statement": [{"Sid": f"s{number}", "Action": "s3:Get"} for number in range(9)]}
    _, lines = notes(
        {"aws_ssm_document.a": {"name": "a"}},
        {"aws_ssm_document.a": {"name": "a", "content": "\n".join(map(str, many["Statement"]))}},
    )["aws_ssm_document.a"]
    assert lines[0] == "@ content"
    assert [line[:1] for line in lines[1:]] == ["+"] * 9


def test_a_text_that_differs_in_many_lines_says_how_many_are_left_out() -> None:
    before, after = (
        {"aws_ssm_document.a": {"x": "\n".join(f"{side}{n}" for n in range(200))}} for side in "ab"
    )
    [change] = changes(before, after)
    lines = list(details(change))
    shown = len(lines) - 2  # but the head and what is said of the rest
    assert lines[-1] == f"  … {401 - shown} more lines"


def test_settings_are_counted_beside_resources() -> None:
    old, new = (
        stacks(stack(VPC, output={name: {"value": value} for name in "ab"[:many]}))
        for value, many in (("1", 2), ("2", 2))
    )
    [environment] = review(old, new).environments
    assert counted(environment.stacks[0]) == "2 settings"


def test_a_long_danger_is_cut_in_the_comment_and_says_by_how_much() -> None:
    found = reviewed(
        {"aws_eks_cluster.a": {"enabled_cluster_log_types": [f"l{n:03}" for n in range(300)]}},
        {"aws_eks_cluster.a": {"enabled_cluster_log_types": []}},
    )
    [danger] = [each for each in found.findings if each.rule == "fewer-logs"]
    assert f"… ({len(danger.message) - 400} more letters)" in comment(found)
