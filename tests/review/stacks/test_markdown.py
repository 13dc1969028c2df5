"""The review as a comment on the pull request."""

import pytest

from review import comment
from review.stacks.markdown import comment as as_comment
from review.stacks.review import Review, review
from tests.review.stacks.tiny import VPC, reviewed, small, stack, stacks

COMMENT = """\
What this changes in AWS, compared with main (123456789).

**1 danger**

- `prod-network aws_subnet.a` is replaced (replaced: availability\\_zone), and the old one is \
destroyed with the network interfaces in it (stateful-goes)

**1 notice**

- `prod` 3 things change in production: prod-network (production)

| environment | stack | + added | ~ changed | - removed | ± replaced | → moved | ○ forgotten | by |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
| prod | prod-network | 1 | 1 |  | 1 |  |  | synthesis |

<details><summary>prod-network: +1 ~1 ±1</summary>

```diff
+ aws_eip.a
      domain: "vpc"
! ± aws_subnet.a, replaced: availability_zone
      availability_zone: "1a" → "1b"  # forces a new one
  ~ aws_vpc.vpc
      enable_dns_support: (not set) → "${var.dns}"  # known only later
```

</details>
"""

HOSTILE = "```\n</details>\n| a | b |\n@everyone <img src=x> `x` [a](b)"


def test_the_comment_of_a_small_change() -> None:
    assert as_comment(small()) == COMMENT


def test_the_comment_where_nothing_changes() -> None:
    assert as_comment(reviewed(VPC, VPC)) == "Nothing changes in AWS, compared with before.\n"


def many(number: int, letters: int) -> Review:
    old, new = (
        stacks(
            *(
                stack({"aws_vpc.vpc": {"tags": {f"{key}": value * 99 for key in range(letters)}}},
                      name=f"dev-n{each}")
                for each in range(number)
            )
        )
        for value in ("a", "b")
    )  # fmt: skip
    return review(old, new)


def test_a_comment_too_long_for_github_says_what_it_leaves_out() -> None:
    text = as_comment(many(10, 60))
    assert len(text) < 65_536
    assert text.count("<details>") == text.count("</details>") == 4
    assert "The details of 6 more stacks do not fit here" in text
    assert "| dev | dev-n9 |" in text


def test_one_large_stack_leaves_room_for_the_others() -> None:
    text = as_comment(many(1, 1000))
    assert len(text) < 25_000
    assert "more lines do not fit here" in text


def test_more_dangers_than_can_be_read_are_counted() -> None:
    before, after = (
        {f"aws_cloudwatch_log_group.g{n}": {"retention_in_days": days + n} for n in range(60)}
        for days in (1000, 1)
    )
    text = as_comment(reviewed(before, after))
    assert "**60 dangers**" in text
    assert text.count("(shorter)") == 50
    assert "- and 10 more: see `tribe review`" in text


def test_a_value_breaks_out_of_nothing() -> None:
    found = reviewed(
        {"aws_iam_role.a": {"permissions_boundary": HOSTILE}},
        {"aws_iam_role.a": {"name": "a"}, "aws_vpc.a": {"tags": {"a": HOSTILE}}},
    )
    text = as_comment(found)
    top, _, folded = text.partition("| environment |")
    assert "<img" not in top
    assert "@everyone" not in top
    assert "\\`\\`\\`" in top
    assert top.count("\n- ") == 1
    assert text.count("</details>") == text.count("<details>") + folded.count("</details>\\n|")
    fence = next(line for line in folded.splitlines() if line.endswith("diff"))
    assert fence == "````diff"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a\\|b"),
        ("a_b *c*", "a\\_b \\*c\\*"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("one\ntwo", "one two"),
        ("a @b", "a @\u200bb"),
    ],
)
def test_words_of_a_comment_are_no_markup(text: str, shown: str) -> None:
    assert comment.words(text) == shown


@pytest.mark.parametrize(("text", "shown"), [("a", "`a`"), ("a`b", "`` a`b ``"), ("a\nb", "`a b`")])
def test_code_in_a_line_holds_any_text(text: str, shown: str) -> None:
    assert comment.code(text) == shown
