"""The tables of docs/cost.md: what environments differ in, counted, beside hand-written reasons.

The words are in docs/cost.yaml, the numbers are the code's. Every difference has its row, and every
row its difference: else there is no page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from tools.pages.flowchart import table
from tools.pages.measures import Values, differs

WORDS = Path(__file__).parent.parent.parent / "docs" / "cost.yaml"


class Unexplained(Exception):
    """Differences without a reason, or reasons without anything to explain; all of them."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One row. Measures are named as in tools.pages.measures; `*` stands for any text.

    shows: measures whose values stand in the table; none, for what costs nothing.
    covers: further measures that differ for the same reason.
    charged: by what AWS charges for it. form: how the shown values are put together.
    """

    what: str
    why: str
    shows: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    charged: str = ""
    form: str = ""

    def explains(self, measure: str) -> bool:
        return any(fnmatchcase(measure, pattern) for pattern in (*self.shows, *self.covers))

    def cells(self, measures: Mapping[str, Values]) -> list[str]:
        """One for each environment. Raises: KeyError, for a measure that there is not."""
        columns = zip(*(measures[name] for name in self.shows), strict=True)
        form = self.form or " · ".join("{}" for _ in self.shows)
        return [form.format(*map(_shown, column)) for column in columns]


def reasons() -> list[Reason]:
    """Those of docs/cost.yaml, in its order. Raises: TypeError for a key that no reason has."""
    return [_reason(one) for one in yaml.safe_load(WORDS.read_text())]


def tables(
    measures: Mapping[str, Values], names: Sequence[str], all_reasons: Sequence[Reason]
) -> dict[str, str]:
    """The three tables by name. names: the environments. Raises: Unexplained."""
    _check(measures, all_reasons)
    different, same, free = [], [], []
    for reason in all_reasons:
        if not reason.shows:
            free.append((reason.what, reason.why))
            continue
        cells = reason.cells(measures)
        if len({*cells}) > 1:
            different.append((reason.what, *cells, reason.charged, reason.why))
        else:
            same.append((reason.what, cells[0], reason.charged, reason.why))
    return {
        "different": table(("what", *names, "charged by", "why"), different),
        "same": table(("what", "in each environment", "charged by", "why"), same),
        "free": table(("what differs", "why"), free),
    }


def _reason(words: dict[str, Any]) -> Reason:
    lists = {key: tuple(value) for key, value in words.items() if isinstance(value, list)}
    fields: dict[str, Any] = {**words, **lists}
    return Reason(**fields)


def _check(measures: Mapping[str, Values], all_reasons: Sequence[Reason]) -> None:
    faults = [
        f"{name} differs ({', '.join(map(_shown, values))}), and no row of {WORDS.name} says why"
        for name, values in measures.items()
        if differs(values) and not any(reason.explains(name) for reason in all_reasons)
    ]
    faults += [
        f"{reason.what}: {pattern} is in no environment: take it out of {WORDS.name}"
        for reason, pattern in _patterns(all_reasons)
        if not any(fnmatchcase(name, pattern) for name in measures)
    ]
    faults += [
        f"{reason.what}: {pattern} no longer differs: take it out of {WORDS.name}"
        for reason, pattern in _patterns(all_reasons, shown=False)
        if not any(fnmatchcase(name, pattern) for name, each in measures.items() if differs(each))
    ]
    if faults:
        raise Unexplained("\n".join(faults))


def _patterns(all_reasons: Sequence[Reason], *, shown: bool = True) -> Iterator[tuple[Reason, str]]:
    for reason in all_reasons:
        for pattern in (*(reason.shows if shown else ()), *reason.covers):
            yield reason, pattern


def _shown(value: Any) -> str:
    """A value as people read it; — where nothing is said, and a chart's own holds."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    return str(value)
