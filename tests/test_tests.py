"""The tests themselves: each of them can fail."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.synthesis import ROOT

# Calls that fail where what they wait for does not come, or that fail outright.
FAILING = {"fail", "raises", "warns"}

Functions = Mapping[str, list[ast.FunctionDef]]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def called(function: ast.FunctionDef) -> set[str]:
    """Names of what its body calls; of a method, the method's own."""
    calls = (
        node.func
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Call)
    )
    return {
        call.id if isinstance(call, ast.Name) else call.attr
        for call in calls
        if isinstance(call, ast.Name | ast.Attribute)
    }


def can_fail(assertion: ast.Assert) -> bool:
    """Not so for a constant, nor for a tuple, which is true whatever stands in it."""
    return not isinstance(assertion.test, ast.Constant | ast.Tuple | ast.JoinedStr)


def asserts(function: ast.FunctionDef) -> bool:
    """Whether it says itself what must hold."""
    said = (node for node in ast.walk(function) if isinstance(node, ast.Assert))
    return any(map(can_fail, said)) or bool(called(function) & FAILING)


def asserts_or_asks(test: ast.FunctionDef, helpers: Functions) -> bool:
    """Whether it does so itself, or by a function of the tests that it calls."""
    return asserts(test) or any(
        asserts(helper) for name in called(test) for helper in helpers.get(name, [])
    )


def helpers_of(trees: Mapping[Path, ast.Module]) -> Functions:
    found: dict[str, list[ast.FunctionDef]] = {}
    for tree in trees.values():
        for function in functions(tree):
            found.setdefault(function.name, []).append(function)
    return found


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    files = sorted((ROOT / "tests").rglob("*.py"))
    return {file.relative_to(ROOT): ast.parse(file.read_text()) for file in files}


def test_every_test_says_what_must_hold(trees: dict[Path, ast.Module]) -> None:
    helpers = helpers_of(trees)
    tests = [
        (file, function)
        for file, tree in trees.items()
        for function in functions(tree)
        if function.name.startswith("test_") and file.name.startswith("test_")
    ]
    assert len(tests) > 1000
    assert [
        f"{file}:{test.lineno} {test.name}"
        for file, test in tests
        if not asserts_or_asks(test, helpers)
    ] == []


def test_no_assertion_holds_whatever_happens(trees: dict[Path, ast.Module]) -> None:
    assert [
        f"{file}:{node.lineno}"
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) and not can_fail(node)
    ] == []


def test_no_test_hides_another_of_its_name(trees: dict[Path, ast.Module]) -> None:
    twice = []
    for file, tree in trees.items():
        for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]:
            names = [each.name for each in scope.body if isinstance(each, ast.FunctionDef)]
            tests = {name for name in names if name.startswith("test_")}
            twice += [f"{file}: {name}" for name in sorted(tests) if names.count(name) > 1]
    assert twice == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("assert x == 1", True),
        ("with pytest.raises(ValueError): run()", True),
        ("asked(x)", True),
        ("page.asked(x)", True),
        ("x.run()", False),
        ("assert True", False),
        ("assert (x, 'a tuple')", False),
        ("pytest.skip('not here')", False),
        ("unasked(x)", False),
        ("pass", False),
    ],
)
def test_the_reader_of_tests_sees_which_can_fail(body: str, expected: bool) -> None:
    tree = ast.parse(
        f"def test_it():\n    {body}\n"
        "def asked(x):\n    assert x\n"
        "def unasked(x):\n    return asked\n"
    )
    test = next(functions(tree))
    assert asserts_or_asks(test, helpers_of({Path("test_it.py"): tree})) is expected
