"""The stacks of one environment and what they give each other; and where the others differ."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stacks.settings import Platform
from tools.pages.flowchart import Flowchart, table
from tools.pages.flows import Flow, Stacks, flows, nouns

# Nearly every stack takes a key: the boxes name them, and arrows lead only to what needs no other
# stack, or they would cross all others.
KEYS = "encryption"
KEY = "key "
DASHED = "-.->"


class NotOfOneShape(Exception):
    """The environments differ in their stacks, so that drawing one does not show the others."""


def picture(
    platform: Platform, stacks: Stacks, dependencies: Mapping[str, list[str]], *, shown: str
) -> str:
    """The flowchart of the environment `shown`, and a table of where the others differ from it.

    Raises: NotOfOneShape; tools.pages.flows.NoWord.
    """
    names = [each.name for each in platform.environments]
    found = {name: flows(stacks, dependencies, name) for name in names}
    order = {name: nouns(dependencies, name) for name in names}
    _of_one_shape(found, order)
    chart = _chart(order[shown], found[shown])
    head = ("stack", "takes of", f"differs, as {' / '.join(names)}")
    rows = _rows(names, stacks, order[shown], found[shown])
    return f"{chart}\n{_differences(found, shown)}\n{table(head, rows)}"


def _of_one_shape(found: Mapping[str, Sequence[Flow]], order: Mapping[str, Sequence[str]]) -> None:
    first, *others = found
    for other in others:
        odd = sorted({*order[first]} ^ {*order[other]})
        odd += sorted(_arrows(found[first]) ^ _arrows(found[other]))
        if odd:
            raise NotOfOneShape(f"{first} and {other} differ in {', '.join(odd)}: draw both")


def _arrows(found: Sequence[Flow]) -> set[str]:
    return {f"{flow.before} → {flow.after}" for flow in found}


def _chart(order: Sequence[str], found: Sequence[Flow]) -> str:
    chart = Flowchart()
    keys: dict[str, list[str]] = defaultdict(list)
    for flow in found:
        keys[flow.after] += [word.removeprefix(KEY) for word in flow.what if word.startswith(KEY)]
    for noun in order:
        if noun == KEYS:
            chart.node(noun, noun, "gives the keys that the boxes name")
        else:
            chart.node(noun, noun, f"keys: {', '.join(keys[noun])}" if keys[noun] else "")
    for flow in found:
        if flow.before == KEYS:
            if all(each.before == KEYS for each in found if each.after == flow.after):
                chart.arrow(KEYS, flow.after, "keys")
        else:
            line = "-->" if flow.what else DASHED
            chart.arrow(flow.before, flow.after, ", ".join(flow.what), line=line)
    return chart.text()


def _differences(found: Mapping[str, Sequence[Flow]], shown: str) -> str:
    usual = {(flow.before, flow.after): {*flow.what} for flow in found[shown]}
    said = ["All environments have these stacks and these arrows."]
    for name, each in found.items():
        for flow in each:
            here = usual[flow.before, flow.after]
            for verb, odd in (("also takes", {*flow.what} - here), ("lacks", here - {*flow.what})):
                if odd:
                    words = ", ".join(sorted(odd))
                    said.append(f"`{name}-{flow.after}` {verb} of `{flow.before}`: {words}.")
    return f"{' '.join(said)}\n"


def _rows(
    names: Sequence[str], stacks: Stacks, order: Sequence[str], found: Sequence[Flow]
) -> Iterator[tuple[str, ...]]:
    for noun in order:
        takes = ", ".join(flow.before for flow in found if flow.after == noun)
        count = [_counts(stacks[f"{name}-{noun}"]) for name in names]
        amounts = {
            kind: [each[kind] for each in count] for kind in sorted({k for c in count for k in c})
        }
        odd = (
            f"`{kind}` {' / '.join(map(str, each))}"
            for kind, each in amounts.items()
            if len({*each}) > 1
        )
        yield f"`{noun}`", takes, ", ".join(odd)


def _counts(stack: Mapping[str, Any]) -> Counter[str]:
    return Counter({kind: len(named) for kind, named in stack.get("resource", {}).items()})
