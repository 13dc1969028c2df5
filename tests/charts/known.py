"""Whether values say only what a chart knows: Helm takes any key, and reads those that it knows."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Values = Mapping[str, Any]


def unknown(ours: Values, chart: Values, *, open_maps: Collection[str] = ()) -> Iterator[str]:
    """The paths in `ours` that the chart's own values do not have, each with what is wrong.

    open_maps: paths of maps that take any key, though the chart's own values have some in them.
    A map that is empty in the chart's values, and what has no value there, takes anything.
    """
    yield from _unknown(ours, chart, (), frozenset(open_maps))


def _unknown(
    ours: Values, chart: Values, above: tuple[str, ...], open_maps: frozenset[str]
) -> Iterator[str]:
    for key, value in ours.items():
        path = (*above, key)
        name = ".".join(path)
        if key not in chart:
            yield f"{name} is not a value of the chart"
            continue
        known = chart[key]
        # Where the chart has nothing, or an empty text, it takes whatever is meant for that place.
        if known in (None, "", {}) or name in open_maps:
            continue
        if _kind(known) != _kind(value):
            yield f"{name} is {_kind(value)}, and in the chart {_kind(known)}"
        elif isinstance(known, dict):
            yield from _unknown(value, known, path, open_maps)


def _kind(value: Any) -> str:
    return {dict: "a map", list: "a list"}.get(type(value), "a single value")
