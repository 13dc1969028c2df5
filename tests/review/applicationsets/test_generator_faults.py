"""ApplicationSets that lack a part, and generators whose sets cannot be put together."""

from typing import Any

import pytest

from tests.review.applicationsets.given import (
    FILES,
    NAMED,
    applicationset,
    expanded,
    names,
    refused,
)
from tests.review.conftest import Make

LIST = "{list: {elements: [%s]}}"
MERGE = "[{merge: {mergeKeys: [n], generators: [%s]}}]"
KEYLESS = f"[{{merge: {{generators: [{LIST % '{n: a}'}, {LIST % '{n: a}'}]}}}}]"


@pytest.mark.parametrize(("part", "value"), [("template", None), ("generators", [])])
def test_a_set_without_its_parts_is_refused(checkout: Make, part: str, value: Any) -> None:
    document = applicationset(f"[{LIST % '{n: a}'}]", NAMED % ".n")
    document.content["spec"][part] = value
    (problem,) = refused(checkout, {}, document)
    assert problem.path == f"spec.{part}"
    assert problem.message.startswith("is missing; ")


@pytest.mark.parametrize(
    ("generators", "path", "says"),
    [
        ("[{list: {elements: [text]}}]", "list.elements[0]", "is no object"),
        ('[{list: {elementsYaml: "a: ["}}]', "list.elementsYaml", "is no list of objects"),
        ('[{list: {elementsYaml: "7"}}]', "list.elementsYaml", "is no list of objects"),
        (MERGE % LIST % "{n: a}", "merge", "takes two generators or more"),
        (KEYLESS, "merge", "and mergeKeys"),
        (MERGE % f"{LIST % '{n: a, team: shop}'}, {LIST % '{n: a, team: null}'}",
         "merge", "an empty team is not sure to override"),
        ((FILES % "*/x.yaml").replace("files:", "values: {n: 7}, files:"),
         "git.values", "takes texts alone"),
    ],
)  # fmt: skip
def test_it_is_refused(checkout: Make, generators: str, path: str, says: str) -> None:
    files = {"a/x.yaml": "team: shop\n"}
    (problem,) = refused(checkout, files, applicationset(generators, NAMED % ".n"))
    assert problem.path == f"spec.generators[0].{path}"
    assert says in problem.message


def test_a_list_may_be_written_as_yaml(checkout: Make) -> None:
    generators = '[{list: {elements: [{name: a}], elementsYaml: "[{name: b}]"}}]'
    assert names(expanded(checkout, {}, applicationset(generators, NAMED % ".name"))) == ["a", "b"]


def test_objects_are_merged_key_by_key(checkout: Make) -> None:
    two = f"{LIST % '{n: a, of: {x: one, y: two}}'}, {LIST % '{n: a, of: {y: zwei}}'}"
    template = """
        metadata: {name: "{{ .of.x }}-{{ .of.y }}"}
        spec: {project: default}
        """
    assert names(expanded(checkout, {}, applicationset(MERGE % two, template))) == ["one-zwei"]
