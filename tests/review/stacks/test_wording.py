"""The review in words, for the terminal and the comment."""

from typing import Any

import click
from click.testing import CliRunner

from review.stacks import terminal
from review.stacks.wording import details, head
from tests.review.stacks.tiny import changes, small


def lines(before: Any, after: Any) -> list[str]:
    [change] = changes({"aws_ssm_document.a": {"x": before}}, {"aws_ssm_document.a": {"x": after}})
    return list(details(change))


def test_a_long_value_is_shortened_and_says_by_how_much() -> None:
    [line] = lines("a" * 1000, "b")
    assert len(line) < 250
    assert "842 more letters" in line


def test_a_text_of_many_lines_shows_those_that_differ() -> None:
    text = "\n".join(map(str, range(100)))
    assert lines(text, text.replace("\n50\n", "\nfifty\n")) == [
        "x:",
        "  @@ -50,3 +50,3 @@",
        "   49",
        "  -50",
        "  +fifty",
        "   51",
    ]


def test_a_list_shows_what_comes_and_what_goes() -> None:
    assert lines(["a", "b", "c"], ["a", "d"]) == ['x: without "b", without "c", with "d"']


def test_what_another_stack_hands_over_is_named_shortly() -> None:
    text = (
        "${data.terraform_remote_state.cross-stack-reference-input-dev-network"
        ".outputs.cross-stack-output-vpc}"
    )
    assert lines("a", text) == ['x: "a" → "${dev-network:vpc}"  # known only later']


def test_a_rename_says_whether_a_block_stands_for_it() -> None:
    [change] = changes({"aws_eip.a": {"x": 1}}, {"aws_eip.b": {"x": 1}})
    assert head(change) == (
        "→ aws_eip.b, from aws_eip.a without a `moved` block: destroyed and made again"
    )


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    [change] = changes({"helm_release.a": {"v": "1"}}, {"helm_release.a": {"v": "2"}})
    assert head(change) == "~ helm_release.a (what replaces a helm_release is not known: this may)"


def test_the_terminal_shows_dangers_first_and_every_change() -> None:
    @click.command()
    def show() -> None:
        terminal.show(small())

    said = CliRunner().invoke(show).stdout.splitlines()
    assert [line.split()[0] for line in said[:2]] == ["danger", "notice"]
    assert "  prod-network  +1 ~1 ±1" in said
    assert "    ± aws_subnet.a, replaced: availability_zone" in said
    assert said[-1].startswith("Since main (123456789): 1 danger, 1 notice.")
