"""Teardown: what is refused, and the order that works."""

import json

import pytest
from click.testing import CliRunner

from delivery import teardown
from delivery.load_balancers import LoadBalancersRemainError, wait_until_gone
from stacks.environments import PLATFORM


@pytest.fixture
def manifest(synthesis):
    return json.loads((synthesis / "manifest.json").read_text())["stacks"]


def test_prod_is_refused_with_what_would_have_to_be_true_first():
    result = CliRunner().invoke(teardown.main, ["prod"])
    assert result.exit_code == 1
    for condition in ("production=False", "deletion_protection=False", "Nothing was destroyed"):
        assert condition in result.output


def test_a_name_that_is_typed_wrongly_destroys_nothing(monkeypatch):
    monkeypatch.setattr(teardown, "synthesize", lambda: None)
    monkeypatch.setattr(teardown, "teardown", lambda *_, **__: pytest.fail("destroyed"))
    result = CliRunner().invoke(teardown.main, ["dev"], input="prod\n")
    assert result.exit_code == 1
    assert "Nothing was destroyed" in result.output


@pytest.mark.parametrize("environment", PLATFORM.environments, ids=lambda each: each.name)
def test_each_stack_goes_before_those_it_depends_on(manifest, environment):
    ordered = teardown.order(manifest, environment.name)
    for place, name in enumerate(ordered):
        still_there = set(ordered[place:])
        needed = {each for each in manifest[name]["dependencies"] if each in manifest}
        assert needed <= still_there, f"{name} goes after {needed - still_there}"


def test_only_the_environments_own_stacks_go(manifest):
    ordered = teardown.order(manifest, "dev")
    assert sorted(ordered) == sorted(name for name in manifest if name.startswith("dev-"))


def test_argo_cd_goes_first_because_it_would_make_again_what_is_deleted():
    manifest = {
        "dev-network": {"dependencies": []},
        "dev-cluster": {"dependencies": ["dev-network"]},
        "dev-gitops": {"dependencies": ["dev-cluster"]},
        "dev-services": {"dependencies": ["dev-cluster"]},
    }
    assert teardown.order(manifest, "dev")[0] == "dev-gitops"
    assert teardown.order(manifest, "dev")[-1] == "dev-network"


def test_waiting_ends_when_the_last_load_balancer_is_gone():
    left, said = [["a", "b"], ["b"], []], []
    wait_until_gone(lambda: left.pop(0), say=said.append, interval=0)
    assert [line.split()[2] for line in said] == ["2", "1"]


def test_load_balancers_that_stay_are_named_with_what_to_do():
    with pytest.raises(LoadBalancersRemainError, match="arn:stays") as refusal:
        wait_until_gone(lambda: ["arn:stays"], say=lambda _: None, patience=0, interval=0)
    assert "load balancer controller running" in str(refusal.value)
