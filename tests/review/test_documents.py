"""Texts of many documents."""

import pytest

from review import documents
from review.documents import Document
from review.problem import Problem

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n"


def read(text: str) -> list[Document | Problem]:
    return list(documents.read(text, file="x.yaml"))


def names(text: str) -> list[str]:
    return [each.name for each in read(text) if isinstance(each, Document)]


@pytest.mark.parametrize(
    "text",
    [
        f"{CONFIG % 'one'}---\n{CONFIG % 'two'}",
        f"---\n{CONFIG % 'one'}---  \n{CONFIG % 'two'}---\n",
        f"# Source: x\n---\n# nothing\n---\n{CONFIG % 'one'}\n\n---\n\n{CONFIG % 'two'}",
        f"--- # first\n{CONFIG % 'one'}---\r\n{CONFIG % 'two'}",
    ],
)
def test_documents_are_parted_by_three_dashes(text: str) -> None:
    assert names(text) == ["one", "two"]


def test_each_document_knows_its_first_line() -> None:
    text = f"---\n{CONFIG % 'one'}---\n\n# about two\n{CONFIG % 'two'}"
    assert [each.line for each in read(text)] == [2, 7]


def test_text_after_the_dashes_hides_a_document_and_is_a_problem() -> None:
    (problem,) = read(f"{CONFIG % 'one'}--- # two\n{CONFIG % 'two'}")
    assert isinstance(problem, Problem)
    assert "hides a document" in problem.message


def test_dashes_inside_a_text_part_nothing() -> None:
    assert names(f"{CONFIG % 'one'}data:\n  a: |\n    x\n    ---\n    y\n") == ["one"]


def test_the_items_of_a_list_are_documents() -> None:
    item = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}}'
    assert names(f"apiVersion: v1\nkind: List\nitems: [{item % 'a'}, {item % 'b'}]\n") == ["a", "b"]
    assert names("apiVersion: v1\nkind: ConfigMapList\nitems: []\n") == []


def test_a_broken_document_names_its_line_and_keeps_no_other_from_being_read() -> None:
    first, second = read(f"---\na: b: c\n---\n{CONFIG % 'two'}")
    assert isinstance(first, Problem)
    assert (first.file, first.line) == ("x.yaml", 2)
    assert isinstance(second, Document)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("a: 1\n", "apiVersion, kind, metadata missing"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: x\n", "metadata missing"),
        ("apiVersion: 1\nkind: ConfigMap\nmetadata: {name: a}\n", "apiVersion missing"),
        ("word\n", "is no Kubernetes document but str"),
        ("- a\n", "is no Kubernetes document but list"),
    ],
)
def test_what_is_no_document_is_a_problem(text: str, missing: str) -> None:
    (problem,) = read(text)
    assert isinstance(problem, Problem)
    assert missing in problem.message


def test_a_document_keeps_the_namespace_it_names() -> None:
    (document,) = read(CONFIG % "a")
    assert isinstance(document, Document)
    assert document.into("x").namespace == "x"
    assert document.into("x").into("y").namespace == "x"
    assert document.namespace == ""


def test_identity_is_the_group_and_not_its_version() -> None:
    (first,) = read(CONFIG.replace("v1", "policy/v1") % "a")
    (second,) = read(CONFIG.replace("v1", "policy/v2") % "a")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.identity == second.identity == ("policy", "ConfigMap", "", "a")
