"""No rule stumbles over a document of the wrong shape: its schema says that it is wrong."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from review import rules
from review.render import Rendering, render

Steps = tuple[str | int, ...]
INSTEAD = (None, "text", 7, [], {}, [None], {"a": None}, True)
# What every document has, or it is none.
ALWAYS = {("apiVersion",), ("kind",), ("metadata",)}


def places(node: Any, steps: Steps = ()) -> Iterator[Steps]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*steps, key)
        if isinstance(value, dict | list):
            yield from places(value, (*steps, key))


def replaced(content: Any, steps: Steps, value: Any) -> Any:
    changed = copy.deepcopy(content)
    node = changed
    for step in steps[:-1]:
        node = node[step]
    node[steps[-1]] = value
    return changed


@pytest.fixture(scope="module")
def one_of_each(whole: Path) -> Rendering:
    """An environment with one document of each kind."""
    rendering = render(whole, "dev")
    kinds: set[str] = set()
    for application in rendering.applications:
        few = []
        for document in application.documents:
            if document.kind not in kinds:
                few.append(document)
            kinds.add(document.kind)
        application.documents = few
    return rendering


@pytest.mark.parametrize("instead", INSTEAD, ids=repr)
def test_whatever_stands_there_the_rules_end(instead: Any, one_of_each: Rendering):
    looked = 0
    for application in one_of_each.applications:
        for index, document in enumerate(application.documents):
            for steps in places(document.content):
                if steps not in ALWAYS:
                    odd = replaced(document.content, steps, instead)
                    application.documents[index] = replace(document, content=odd)
                    rules.of_environment(one_of_each)
                    looked += 1
            application.documents[index] = document
    assert looked > 1000
