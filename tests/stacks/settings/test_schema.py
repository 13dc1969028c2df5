"""Settings are closed: unknown, missing and mistyped fields are refused by name."""

from dataclasses import FrozenInstanceError, replace
from typing import Literal

import pytest

from stacks.environments.dev import DEV
from stacks.settings import Account, Network, SettingsError, Taint
from stacks.settings.schema import settings
from tests.stacks.settings.refusal import refused


@settings
class Tree:
    """What these tests hand mistyped values to."""

    name: str
    height: int = 1
    evergreen: bool = False
    leaves: tuple[str, ...] = ()
    bark: Literal["smooth", "rough"] = "rough"
    nickname: str | None = None


def test_an_error_tells_field_problem_and_mend_in_one_line() -> None:
    error = SettingsError("Network.cidr", "is wrong.", "Write another.")
    assert str(error) == "Network.cidr: is wrong. Write another."
    assert (error.field, error.problem, error.mend) == (
        "Network.cidr",
        "is wrong.",
        "Write another.",
    )


def test_a_misspelt_setting_is_refused_with_the_one_that_was_meant() -> None:
    refusal = refused(lambda: replace(DEV.network, availabilty_zones=("eu-central-1a",)))
    assert refusal.field == "Network.availabilty_zones"
    assert refusal.mend == "Did you mean availability_zones?"


def test_an_unknown_setting_is_refused_with_all_that_there_are() -> None:
    refusal = refused(lambda: replace(DEV.domain, ttl=300))
    assert refusal.field == "Domain.ttl"
    assert refusal.mend == "It has name, zone, zone_is, requests_per_five_minutes."


def test_a_missing_setting_is_refused_with_its_type() -> None:
    refusal = refused(lambda: Taint(key="dedicated"))  # ty: ignore[missing-argument]
    assert (refusal.field, refusal.problem) == ("Taint.value", "is missing.")
    assert "str" in refusal.mend


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        pytest.param({"name": 1.30}, "in quotes", id="a float where text is meant"),
        pytest.param({"name": 222222222222}, "in quotes", id="a number where text is meant"),
        pytest.param({"name": None}, "Write str", id="nothing where text is meant"),
        pytest.param({"height": "1"}, "Write int", id="text where a number is meant"),
        pytest.param({"height": True}, "Write int", id="a truth where a number is meant"),
        pytest.param({"height": 1.0}, "Write int", id="a float where a whole number is meant"),
        pytest.param({"evergreen": "yes"}, "Write bool", id="text where a truth is meant"),
        pytest.param({"evergreen": 1}, "Write bool", id="a number where a truth is meant"),
        pytest.param(
            {"leaves": "a"}, "Write ('a',) with the comma", id="text where a tuple is meant"
        ),
        pytest.param({"leaves": ["a"]}, "Write ('a',)", id="a list where a tuple is meant"),
        pytest.param({"leaves": (1,)}, "a tuple of str", id="a tuple of something else"),
        pytest.param({"bark": "rouh"}, "Did you mean 'rough'?", id="a misspelt choice"),
        pytest.param({"bark": "xylem"}, "Choose one", id="a choice that is none"),
        pytest.param(
            {"bark": 1}, "one of 'smooth', 'rough'", id="a number where a choice is meant"
        ),
        pytest.param({"nickname": 1}, "str or None", id="a number where text or nothing is meant"),
    ],
)
def test_a_mistyped_setting_is_refused(change: dict[str, object], mend: str) -> None:
    refusal = refused(lambda: Tree(**{"name": "oak", **change}))  # ty: ignore[invalid-argument-type]
    assert refusal.field == f"Tree.{next(iter(change))}"
    assert mend in refusal.mend


def test_every_field_takes_what_its_type_says() -> None:
    tree = Tree(
        name="birch", height=20, evergreen=True, leaves=("a", "b"), bark="smooth", nickname="b"
    )
    assert (tree.height, tree.leaves, tree.bark) == (20, ("a", "b"), "smooth")
    assert Tree(name="oak").nickname is None


def test_settings_cannot_be_changed_once_they_are_checked() -> None:
    with pytest.raises(FrozenInstanceError):
        DEV.network.cidr = "10.99.0.0/16"  # ty: ignore[invalid-assignment]


def test_settings_take_no_positions_only_names() -> None:
    with pytest.raises(TypeError, match="positional"):
        Network("10.10.0.0/16")  # ty: ignore


def test_a_changed_copy_is_checked_like_the_first() -> None:
    refusal = refused(lambda: replace(DEV.account, id="12"))
    assert refusal.field == "Account.id"
    assert isinstance(replace(DEV.account, id="444444444444"), Account)
