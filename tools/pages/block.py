"""The part of a page that is generated: what stands between its two markers."""

import re
from pathlib import Path

BEGIN = "<!-- generated: {name}; `python -m tools.pages` writes it anew -->"
END = "<!-- end: {name} -->"


class MarkersMissing(ValueError):
    """The page lacks the two markers of a part; the message shows them."""


def read(page: Path, name: str) -> str:
    """What stands in the page under this name. Raises: MarkersMissing."""
    return _find(page, name)[2]


def write(page: Path, name: str, content: str) -> None:
    """Put `content` there, and leave the rest of the page as it is. Raises: MarkersMissing."""
    found = _find(page, name)
    page.write_text(page.read_text().replace(found[0], f"{found[1]}\n{content}{found[3]}"))


def _find(page: Path, name: str) -> re.Match[str]:
    begin, end = BEGIN.format(name=name), END.format(name=name)
    pattern = rf"({re.escape(begin)})\n(.*?)({re.escape(end)})"
    found = re.search(pattern, page.read_text(), flags=re.DOTALL)
    if not found:
        raise MarkersMissing(
            f"{page.name}: write these two lines where it belongs:\n{begin}\n{end}"
        )
    return found
