"""`python -m tools.faults` writes docs/faults.md from docs/faults.yaml."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tools.evidence import ROOT, link, link_to_test

DATA = ROOT / "docs" / "faults.yaml"
PAGE = ROOT / "docs" / "faults.md"

HEADING = """# Faults

What goes wrong while it runs, what happens then, and which test shows it. Written by
`python -m tools.faults` from `docs/faults.yaml`; a test holds that this page is fresh, and that
every test and every runbook named here exists.
"""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that goes wrong.

    tests: node ids of pytest, without parameters. left: what remains for a person, or is lost.
    runbooks: files; none where the message says all.
    """

    fault: str
    happens: str
    tests: tuple[str, ...]
    left: str = ""
    runbooks: tuple[str, ...] = ()


def faults() -> list[Fault]:
    """Every fault, in the page's order. Raises: TypeError for a key that no fault has."""
    return [_fault(each) for each in yaml.safe_load(DATA.read_text())]


def page(each: list[Fault]) -> str:
    """docs/faults.md, whole."""
    return "\n".join([HEADING, *(line for one in each for line in _section(one))])


def _fault(data: dict[str, Any]) -> Fault:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value.strip()
        for key, value in data.items()
    }
    return Fault(**fields)


def _section(fault: Fault) -> Iterator[str]:
    yield f"## {fault.fault}"
    yield ""
    yield fault.happens
    yield ""
    if fault.left:
        yield f"**What is left:** {fault.left}"
        yield ""
    yield from (f"- shown by: {link_to_test(test)}" for test in fault.tests)
    if fault.runbooks:
        yield f"- what to do: {', '.join(link(file, file) for file in fault.runbooks)}"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(faults()))
