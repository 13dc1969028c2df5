"""Canaries for the checks themselves: a gate that lets its canary live does not guard any more."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import gates
from gates import arguments
from gates.arguments import unsafe_arguments
from gates.checkov import CheckovMissingError
from gates.evaluation import allowed
from gates.finding import Report
from gates.pod_security import CONTROLS, unrestricted_pods
from gates.rights import RIGHTS, risky_rights
from gates.synthesis import resources
from tests.platform.rendering import platform
from tests.stacks.loading import load
from tests.synthesis import Stack
from tests.template.baked import repository

load()  # before stacks.guardrails, which imports cdktf

from stacks.guardrails import RULES, violations  # noqa: E402
from stacks.guardrails.resources import Resources  # noqa: E402
from tests.canaries.canary import Canary, Gate  # noqa: E402
from tests.canaries.catalogue import CATALOGUE  # noqa: E402
from tests.canaries.judges import JUDGES, objections  # noqa: E402
from tests.canaries.scans import Scans  # noqa: E402

__all__ = ["repository"]

PAIRS = [
    pytest.param(gate, canary, id=f"{gate.__name__}: {canary.claim}")
    for canary in CATALOGUE
    for gate in canary.rejected_by
]


@pytest.fixture(scope="module")
def scans(
    synthesized: dict[str, Stack], repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> Scans:
    return Scans(
        CATALOGUE,
        synthesized=synthesized,
        platform=platform(repository, "prod"),
        folder=tmp_path_factory.mktemp("canaries"),
    )


@pytest.mark.parametrize(("gate", "canary"), PAIRS)
def test_every_gate_rejects_its_canary(gate: Gate, canary: Canary, scans: Scans) -> None:
    try:
        said = list(objections(gate, canary, scans))
    except CheckovMissingError as missing:
        pytest.skip(f"NOT CHECKED by checkov: {missing}")
    assert any(canary.rejected_by[gate] in each for each in said), said


def test_every_claim_stands_once() -> None:
    claims = [canary.claim for canary in CATALOGUE]
    assert len(claims) == len(set(claims))
    assert len(claims) >= 40


def guards() -> Iterator[Gate]:
    """The gates: public functions of the package that return what is wrong, and IAM's decision."""
    for module in pkgutil.iter_modules(gates.__path__, "gates."):
        for _, function in inspect.getmembers(
            importlib.import_module(module.name), inspect.isfunction
        ):
            if function.__module__ != module.name or function.__name__.startswith("_"):
                continue
            returned = inspect.signature(function).return_annotation
            if returned in (list[str], Iterator[str], Report) or function is allowed:
                yield function


def test_every_gate_has_a_canary() -> None:
    wanted = list(guards())
    assert len(wanted) > 20
    caged = {gate for canary in CATALOGUE for gate in canary.rejected_by}
    assert [f"{gate.__module__}.{gate.__name__}" for gate in wanted if gate not in caged] == []


def test_every_judge_has_a_canary() -> None:
    caged = {gate for canary in CATALOGUE for gate in canary.rejected_by}
    assert [gate.__name__ for gate in JUDGES if gate not in caged] == []


def test_every_control_of_the_restricted_standard_has_a_canary() -> None:
    named = " ".join(canary.rejected_by.get(unrestricted_pods, "") for canary in CATALOGUE)
    said = " ".join(
        each
        for canary in CATALOGUE
        if unrestricted_pods in canary.rejected_by
        for each in unrestricted_pods(canary.bad)
    )
    assert named
    assert [control for control in CONTROLS if f"({control})" not in said] == []


def test_every_guardrail_has_a_canary(scans: Scans) -> None:
    edited = [
        Resources(canary.bad.on(scans.synthesized), production=canary.bad.stack.startswith("prod-"))
        for canary in CATALOGUE
        if violations in canary.rejected_by
    ]
    assert [rule.__name__ for rule in RULES if not any(list(rule(each)) for each in edited)] == []


def test_every_rule_about_arguments_has_a_canary(scans: Scans) -> None:
    edited = {
        scans.name(canary): canary.bad.on(scans.synthesized)
        for canary in CATALOGUE
        if unsafe_arguments in canary.rejected_by
    }
    assert [
        f"{rule.kind} {rule.problem}"
        for rule in arguments.RULES
        if not any(rule.breaks(each) for _, _, each in resources(edited, rule.kind))
    ] == []


def test_every_right_has_a_canary() -> None:
    said = " ".join(
        each
        for canary in CATALOGUE
        if risky_rights in canary.rejected_by
        for each in risky_rights(canary.bad)
    )
    assert [right.means for right in RIGHTS if right.means not in said] == []
