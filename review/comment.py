"""A comment on a pull request: what GitHub takes, and how nothing in it breaks out of its place."""

import html
import re
from collections.abc import Callable, Sequence

# GitHub takes 65,536 letters in a comment; what else is in it needs some.
LONGEST = 60_000

SPECIAL = re.compile(r"([\\`*_\[\]|~])")


def fitted(head: str, parts: Sequence[str], *, left_out: Callable[[int], str]) -> str:
    """The head, and as many of the parts as fit. left_out: what to say of so many that do not."""
    text = head
    number = 0
    for part in parts:
        if len(text) + len(part) > LONGEST:
            number += 1
        else:
            text += part
    return f"{text}\n{left_out(number)}\n" if number else text


def folded(head: str, body: str) -> str:
    """The body, closed until someone opens it; the head is plain text."""
    return f"\n<details><summary>{html.escape(head)}</summary>\n\n{body}\n\n</details>\n"


def fenced(lines: Sequence[str], *, language: str = "") -> str:
    """The lines in a block of code."""
    # As many ticks as no line has, or a value could end the block.
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    body = "\n".join(lines)
    return f"{fence}{language}\n{body}\n{fence}"


def code(text: str) -> str:
    """The text as code within a line."""
    one_line = " ".join(text.split())
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", one_line)), default=0))
    space = " " if "`" in one_line else ""
    return f"{ticks}{space}{one_line}{space}{ticks}"


def words(text: str) -> str:
    """The text within a line, as it is: no markup, no HTML, nobody called by name."""
    one_line = html.escape(" ".join(text.split()), quote=False)
    return SPECIAL.sub(r"\\\1", one_line).replace("@", "@\u200b")


def row(cells: Sequence[object]) -> str:
    """One row of a table. Cells hold no markup but that of `code` and `words`."""
    return "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", str(cell)) for cell in cells) + " |"
