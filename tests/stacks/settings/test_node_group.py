"""A node group's sizes, machines and taints: what is refused."""

from dataclasses import replace

import pytest

from stacks.environments.nodes import APPLICATION, DATA_PROCESSING, SYSTEM
from stacks.settings import Taint
from stacks.settings.nodes import INSTANCE_FAMILIES
from tests.stacks.settings.refusal import refused


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"min_size": 3}, "desired_size", "min_size <= desired_size", id="min over desired"
        ),
        pytest.param({"desired_size": 11}, "desired_size", "<= max_size", id="desired over max"),
        pytest.param({"min_size": 0, "desired_size": 0}, "min_size", "at least 1", id="zero min"),
        pytest.param({"max_size": 0}, "max_size", "at least 1", id="zero max"),
        pytest.param({"max_size": -1}, "max_size", "at least 1", id="negative max"),
        pytest.param({"max_size": "10"}, "max_size", "int", id="a size as text"),
        pytest.param(
            {"instance_types": ()}, "instance_types", '("t3.large",)', id="no instance type"
        ),
        pytest.param(
            {"instance_types": "t3.large"}, "instance_types", "comma", id="a type as text"
        ),
        pytest.param(
            {"instance_types": ("z9.large",)}, "instance_types", "Take one of t3", id="no family"
        ),
        pytest.param(
            {"instance_types": ("m6g.large",)}, "instance_types", "m6i.large", id="an Arm family"
        ),
        pytest.param({"instance_types": ("t3",)}, "instance_types", "t3.large", id="no size"),
        pytest.param(
            {"instance_types": ("t3.huge",)}, "instance_types", "t3.large", id="an unknown size"
        ),
        pytest.param(
            {"instance_types": ("t3.2large",)}, "instance_types", "t3.large", id="a mixed-up size"
        ),
        pytest.param(
            {"instance_types": ("T3.large",)}, "instance_types", "Take one of t3", id="upper case"
        ),
        pytest.param(
            {"instance_types": ("t3.large ",)}, "instance_types", "t3.large", id="trailing space"
        ),
        pytest.param(
            {"disk_gib": 19}, "disk_gib", "at least 20", id="a disk too small for its image"
        ),
        pytest.param({"name": ""}, "name", "data-processing", id="no name"),
        pytest.param(
            {"name": "Application"}, "name", "data-processing", id="upper case in the name"
        ),
        pytest.param(
            {"name": "app_lication"}, "name", "data-processing", id="an underscore in the name"
        ),
        pytest.param({"name": "application-"}, "name", "data-processing", id="a trailing dash"),
        pytest.param({"name": "a" * 33}, "name", "at most 32", id="a name too long"),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(APPLICATION, **change))
    assert refusal.field == f"NodeGroup.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"effect": "NoSchedule"}, "effect", "Choose one", id="Kubernetes' own spelling"
        ),
        pytest.param({"key": ""}, "key", "tribe/workload", id="no key"),
        pytest.param({"key": "tribe workload"}, "key", "tribe/workload", id="a space in the key"),
        pytest.param({"value": "a b"}, "value", "data-processing", id="a space in the value"),
        pytest.param({"value": "a" * 64}, "value", "data-processing", id="a value too long"),
    ],
)
def test_refuses_a_taint_with(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(DATA_PROCESSING.taints[0], **change))
    assert refusal.field == f"Taint.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize("family", INSTANCE_FAMILIES)
def test_accepts_every_known_family(family: str) -> None:
    group = replace(
        APPLICATION, instance_types=(f"{family}.large", f"{family}.xlarge", f"{family}.2xlarge")
    )
    assert group.instance_types[0] == f"{family}.large"


def test_accepts_a_group_of_fixed_size() -> None:
    assert replace(APPLICATION, min_size=3, desired_size=3, max_size=3).desired_size == 3


def test_accepts_a_taint_without_a_value() -> None:
    assert Taint(key="CriticalAddonsOnly", value="").value == ""


def test_the_groups_are_as_the_design_counts_them() -> None:
    shapes = {
        group.name: (group.instance_types, group.min_size, group.max_size)
        for group in (SYSTEM, APPLICATION, DATA_PROCESSING)
    }
    assert shapes == {
        "system": (("t3.medium",), 2, 4),
        "application": (("t3.large",), 2, 10),
        "data-processing": (("t3.xlarge",), 1, 6),
    }
