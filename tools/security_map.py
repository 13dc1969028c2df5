"""`python -m tools.security_map` writes docs/security.md from docs/security/*.yaml.

A control is in one of four states, by what its entry has:
  unseen    it cannot be seen without a cluster; says why, and who looks
  instead   it is not met, on purpose; says what is done instead
  open      something is lacking: `open` says what, or no test shows that it is met
  met       and a test shows it
`left` says what remains for a person though it is met.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from tools.evidence import ROOT, link, link_to_test

DATA = ROOT / "docs" / "security"
PAGE = ROOT / "docs" / "security.md"
STATES = ("met", "open", "instead", "unseen")
WORDS = {
    "met": "met",
    "open": "**open**",
    "instead": "done otherwise",
    "unseen": "not to be seen here",
}

HEADING = """# Security map

Where each control of three standards is met, and which test shows it. Written by
`python -m tools.security_map` from `docs/security/*.yaml`; a test holds that this page is fresh,
that every control stands here once, and that every file and every test named here exists.
"""


@dataclass(frozen=True, kw_only=True)
class Control:
    """One control of a standard. where: files; tests: node ids of pytest, without parameters."""

    id: str
    title: str
    where: tuple[str, ...]
    tests: tuple[str, ...]
    met: str = ""
    open: str = ""
    instead: str = ""
    unseen: str = ""
    left: str = ""

    @property
    def state(self) -> str:
        if self.unseen:
            return "unseen"
        if self.instead:
            return "instead"
        return "met" if self.tests and self.met and not self.open else "open"


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A standard with all of its controls, in its own order."""

    name: str
    source: str
    about: str
    controls: tuple[Control, ...]


def standards() -> list[Standard]:
    """Every standard of docs/security. Raises: TypeError for a key that no control has."""
    return [_standard(yaml.safe_load(file.read_text())) for file in sorted(DATA.glob("*.yaml"))]


def page(each: list[Standard]) -> str:
    """docs/security.md, whole."""
    return "\n".join([HEADING, *_summary(each), *(line for one in each for line in _section(one))])


def _standard(data: dict[str, Any]) -> Standard:
    defaults = data.pop("defaults", {})
    controls = tuple(_control({**defaults, **each}) for each in data.pop("controls"))
    return Standard(controls=controls, **data)


def _control(data: dict[str, Any]) -> Control:
    fields: dict[str, Any] = {key: str(value).strip() for key, value in data.items()}
    for key in ("where", "tests"):
        fields[key] = tuple(data.get(key, ()))
    return Control(**fields)


def _summary(each: list[Standard]) -> Iterator[str]:
    yield "| standard | " + " | ".join(WORDS[state].strip("*") for state in STATES) + " |"
    yield "|---|" + "---|" * len(STATES)
    for standard in each:
        count = Counter(control.state for control in standard.controls)
        yield f"| {standard.name} | " + " | ".join(str(count[state]) for state in STATES) + " |"
    yield ""
    yield "## Open"
    yield ""
    waiting = [
        f"- {standard.name}, {control.id}: {control.title}. {control.open or 'No test shows it.'}"
        for standard in each
        for control in standard.controls
        if control.state == "open"
    ]
    yield from waiting or ["Nothing."]
    yield ""


def _section(standard: Standard) -> Iterator[str]:
    yield f"## {standard.name}"
    yield ""
    yield f"{standard.about.strip()} [Source]({standard.source})."
    yield ""
    for control in standard.controls:
        yield f"### {control.id}. {control.title}: {WORDS[control.state].strip('*')}"
        yield ""
        yield control.unseen or control.instead or control.met
        yield ""
        for word, text in (("Open", control.open), ("What is left", control.left)):
            if text:
                yield f"**{word}:** {text}"
                yield ""
        if control.where:
            yield f"- where: {', '.join(link(file, file) for file in control.where)}"
        shown = "what can be seen" if control.state == "unseen" else "shown by"
        yield from (f"- {shown}: {link_to_test(test)}" for test in control.tests)
        yield ""


if __name__ == "__main__":
    PAGE.write_text(page(standards()))
