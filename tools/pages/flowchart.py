"""A flowchart as Mermaid's text, which GitHub draws.

Source: https://mermaid.js.org/syntax/flowchart.html
"""

import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager

INDENT = "  "


class Flowchart:
    """Collects lines, from left to right. Names are turned into Mermaid's own identifiers."""

    def __init__(self) -> None:
        self._lines = ["flowchart LR"]
        self._depth = 1

    def node(self, name: str, *lines: str, shape: str = "[]") -> None:
        """A box with these lines of text. shape: the brackets that Mermaid knows it by."""
        half = len(shape) // 2
        text = "<br/>".join(_quoted(line) for line in lines if line)
        self._line(f'{identifier(name)}{shape[:half]}"{text}"{shape[half:]}')

    @contextmanager
    def group(self, name: str, title: str) -> Generator[None]:
        """A frame around what is added inside `with`."""
        self._line(f'subgraph {identifier(name)}["{_quoted(title)}"]')
        self._depth += 1
        yield
        self._depth -= 1
        self._line("end")

    def arrow(self, before: str, after: str, label: str = "", *, line: str = "-->") -> None:
        """line: Mermaid's sign, such as `-.->` for a dashed one."""
        said = f'|"{_quoted(label)}"|' if label else ""
        self._line(f"{identifier(before)} {line}{said} {identifier(after)}")

    def text(self) -> str:
        """The chart as a fenced block."""
        return "\n".join(["```mermaid", *self._lines, "```", ""])

    def _line(self, text: str) -> None:
        self._lines.append(INDENT * self._depth + text)


def identifier(name: str) -> str:
    """A name of which Mermaid takes no part for a word of its own, such as `end`."""
    return "n_" + re.sub(r"\W", "_", name)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as Markdown."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _quoted(text: str) -> str:
    # Inside quotes, Mermaid ends the text only at a quote, and writes entities with `#`.
    return text.replace("#", "#35;").replace('"', "#quot;")
