"""`tribe diff` for people: a table, then every object's difference."""

import click
from click.testing import CliRunner

from review import terminal
from review.difference import Change
from review.markdown import difference
from review.problem import Problem
from tests.review.test_difference import committed, git

__all__ = ["committed"]


def printed(*changes: Change) -> list[str]:
    @click.command()
    def show() -> None:
        terminal.differences(list(changes))

    return CliRunner().invoke(show, catch_exceptions=False).stdout.splitlines()


def change(name: str, *, application: str = "orders", what: str = "changed") -> Change:
    return Change(
        environment="dev",
        application=application,
        what=what,  # ty: ignore[invalid-argument-type]
        object=f"ConfigMap shop/{name}",
        lines=("@@ -1 +1 @@", "-a: 1", "+a: 2"),
    )


def test_nothing_is_said_to_be_nothing() -> None:
    assert printed() == ["No cluster changes."]
    assert difference([]) == "No cluster changes.\n"


def test_a_line_for_each_application_and_then_its_objects() -> None:
    found = printed(change("a"), change("b", what="added"), change("c", application="cart"))
    assert found[:2] == ["dev      orders  1 added, 1 changed", "dev      cart    1 changed"]
    assert found[2:7] == [
        "",
        "dev orders: changed ConfigMap shop/a",
        "@@ -1 +1 @@",
        "-a: 1",
        "+a: 2",
    ]
    assert [line for line in found if line.startswith("dev ")][2:] == [
        "dev orders: changed ConfigMap shop/a",
        "dev orders: added ConfigMap shop/b",
        "dev cart: changed ConfigMap shop/c",
    ]


def test_the_verb_prints_it_where_no_other_form_is_asked_for(committed) -> None:
    from tribe.__main__ import tribe

    values = committed / "services" / "api-services" / "orders" / "values.yaml"
    values.write_text("team: cart\n")
    ended = CliRunner().invoke(tribe, ["diff", str(committed)], catch_exceptions=False)
    assert ended.exit_code == 0
    assert ended.stdout.splitlines()[0].split() == ["dev", "orders", "1", "changed"]
    assert "+  team: cart" in ended.stdout.splitlines()
    git(committed, "commit", "--quiet", "--all", "--message=second")
    again = CliRunner().invoke(tribe, ["diff", str(committed)], catch_exceptions=False)
    assert again.stdout == "No cluster changes.\n"


def test_more_of_one_kind_in_one_file_says_no_more() -> None:
    many = [Problem(rule="r", message=f"m{number:02}", file="a.yaml") for number in range(25)]

    @click.command()
    def show() -> None:
        terminal.problems(many)

    said = CliRunner().invoke(show, catch_exceptions=False).stderr.splitlines()
    assert said[0] == "a.yaml"
    assert said[-2:] == ["  … and 5 more", "25 errors in 1 file"]
