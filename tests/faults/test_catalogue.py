"""Every fault has a test that shows what happens; docs/faults.md is fresh, and names what is."""

import ast

import pytest

from tools.evidence import ROOT, is_there, path_of
from tools.faults import PAGE, Fault, faults, page

FAULTS = faults()
# Each named by the words that its entry must have.
EXPECTED = (
    *("node is drained", "zone is lost", "image", "sync fails", "secret is missing"),
    *("Argo CD is down", "root application is deleted", "generator yields nothing"),
    *("key, the VPC, the cluster or the state bucket", "state is locked", "apply stops midway"),
    *("Cookiecutter is killed", "disk is full", "Two run at once"),
)
every_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.fault)


def test_the_page_is_fresh():
    assert PAGE.read_text() == page(FAULTS), "Run `python -m tools.faults`."


def test_every_fault_that_was_thought_of_stands_there_once_and_no_other():
    found = [[each.fault for each in FAULTS if words in each.fault] for words in EXPECTED]
    assert [len(each) for each in found] == [1] * len(EXPECTED)
    assert len(FAULTS) == len(EXPECTED)


@every_fault
def test_every_test_that_is_named_is_there(fault: Fault):
    assert fault.tests
    assert [node_id for node_id in fault.tests if not is_there(node_id)] == []
    assert len(set(fault.tests)) == len(fault.tests)


@every_fault
def test_every_runbook_that_is_named_is_there(fault: Fault):
    assert [file for file in fault.runbooks if not (ROOT / path_of(file)).is_file()] == []


def test_a_test_that_is_gone_is_found():
    assert not is_there("tests/faults/test_catalogue.py::test_that_nobody_wrote")
    assert not is_there("tests/faults/test_nothing.py::test_a_test_that_is_gone_is_found")
    assert is_there("tests/faults/test_catalogue.py::test_a_test_that_is_gone_is_found")


def test_every_module_of_faults_is_in_the_catalogue():
    modules = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "tests" / "faults").glob("test_*.py")
        if any(isinstance(node, ast.FunctionDef) for node in ast.parse(file.read_text()).body)
    }
    named = {node_id.partition("::")[0] for fault in FAULTS for node_id in fault.tests}
    assert modules - named == {"tests/faults/test_catalogue.py"}
