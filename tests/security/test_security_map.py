"""docs/security.md is fresh and whole, and names only what is there."""

import pytest

from gates.pod_security import CONTROLS
from tools.evidence import ROOT, is_there, path_of
from tools.security_map import PAGE, Control, Standard, page, standards

# How many controls each section of the benchmark has, in cfg/eks-1.8.0 of kube-bench. Section 1,
# the control plane's own machines, is AWS's and has none.
CIS = {
    "2.1": 2,
    "3.1": 4,
    "3.2": 9,
    "4.1": 12,
    "4.2": 5,
    "4.3": 2,
    "4.4": 2,
    "4.5": 2,
    "5.1": 4,
    "5.2": 1,
    "5.3": 1,
    "5.4": 5,
    "5.5": 1,
}
IDS = {
    "CIS Amazon EKS Benchmark 1.8.0": [
        f"{section}.{number}" for section, count in CIS.items() for number in range(1, count + 1)
    ],
    "Pod Security Standard, restricted": list(CONTROLS),
    "AWS Security Hub, Amazon EKS": [f"EKS.{number}" for number in (1, 2, 3, 6, 7, 8, 9)],
}
STANDARDS = standards()
EVERY_CONTROL = [
    pytest.param(control, id=control.id) for standard in STANDARDS for control in standard.controls
]
every_control = pytest.mark.parametrize("control", EVERY_CONTROL)


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text() == page(STANDARDS), "Run `python -m tools.security_map`."


def test_the_three_standards_are_there() -> None:
    assert {standard.name for standard in STANDARDS} == set(IDS)


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.name)
def test_every_control_stands_there_once_and_no_other(standard: Standard) -> None:
    assert sorted(each.id for each in standard.controls) == sorted(IDS[standard.name])


def test_thirty_seven_of_the_benchmarks_fifty_can_be_seen() -> None:
    (benchmark,) = [each for each in STANDARDS if each.name.startswith("CIS")]
    states = [control.state for control in benchmark.controls]
    assert (len(states), states.count("unseen")) == (50, 13)


@every_control
def test_every_file_that_is_named_is_there(control: Control) -> None:
    assert control.where
    assert [file for file in control.where if not (ROOT / path_of(file)).is_file()] == []


@every_control
def test_every_test_that_is_named_is_there(control: Control) -> None:
    assert [node_id for node_id in control.tests if not is_there(node_id)] == []


@every_control
def test_what_is_said_to_be_met_is_shown(control: Control) -> None:
    """What can be seen and has no test is open, whatever its text says."""
    texts = {state: getattr(control, state) for state in ("unseen", "instead", "met")}
    assert len([text for text in texts.values() if text]) == 1
    if control.state == "met":
        assert control.tests


def test_a_control_without_a_test_is_open() -> None:
    untested = Control(id="1", title="A thing", met="It is so.", where=("main.py",), tests=())
    assert untested.state == "open"
    standard = Standard(name="A standard", source="x", about="One.", controls=(untested,))
    assert "- A standard, 1: A thing. No test shows it." in page([standard])


def test_a_control_that_is_met_in_part_is_open() -> None:
    part = Control(id="1", title="x", met="x", open="One lacks.", where=("x",), tests=("x",))
    assert part.state == "open"
    standard = Standard(name="A standard", source="x", about="One.", controls=(part,))
    assert "- A standard, 1: x. One lacks." in page([standard])
