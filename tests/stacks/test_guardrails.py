"""What no stack may do is caught, named and mended; and a caught stack is never written."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.stacks.loading import load

load()  # before stacks.guardrails, which imports cdktf

from stacks.guardrails import RULES, access, violations  # noqa: E402
from tests.stacks.broken import CATALOGUE, DESTRUCTION, Case  # noqa: E402
from tests.synthesis import run  # noqa: E402

# One stack, held to the guardrails like all: what it does is what `resource` says.
APP = """
from stacks.bindings import load_on_demand
load_on_demand()
from cdktf import App
from cdktf_cdktf_provider_aws.subnet import Subnet
from stacks.environments.{environment} import {constant}
from stacks.stack import EnvironmentStack
from cdktf_cdktf_provider_aws.vpc import Vpc
app = App()
stack = EnvironmentStack(app, {constant}, noun="tried")
{resource}
app.synth()
"""
PUBLIC_SUBNET = (
    'Subnet(stack, "open", vpc_id="vpc-1", cidr_block="10.0.0.0/24", map_public_ip_on_launch={})'
)


def try_out(resource: str, folder: Path, *, environment: str) -> tuple[int, str]:
    """Synthesize one resource into `folder`. Returns exit code and what was said."""
    app = APP.format(resource=resource, environment=environment, constant=environment.upper())
    ended = run("-c", app, into=folder)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("case", CATALOGUE, ids=lambda case: case.claim)
def test_catches(case: Case) -> None:
    found = case.on_broken()
    assert [violation.address for violation in found] == [case.address]
    assert case.mend in str(found[0])
    assert str(found[0]).startswith(f"{case.address} {found[0].problem}. ")


@pytest.mark.parametrize("case", CATALOGUE, ids=lambda case: case.claim)
def test_is_quiet_where_mended(case: Case) -> None:
    assert [str(violation) for violation in case.on_mended()] == []


def test_every_rule_is_in_the_catalogue() -> None:
    missing = [rule.__name__ for rule in RULES if rule not in {case.rule for case in CATALOGUE}]
    assert missing == []


def test_the_catalogue_holds_rules_that_are_in_force() -> None:
    assert [case.claim for case in CATALOGUE if case.rule not in RULES] == []


@pytest.mark.parametrize("case", DESTRUCTION, ids=lambda case: case.claim)
def test_is_quiet_outside_of_prod(case: Case) -> None:
    assert replace(case, production=False).on_broken() == []


def test_the_boundary_alone_may_name_every_action() -> None:
    everything = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
    boundary = {"name": "tribe-boundary", "policy": everything}
    stack: dict[str, object] = {"resource": {"aws_iam_policy": {"boundary": boundary}}}
    assert list(violations(stack, production=True)) == []


def test_a_denial_of_everything_is_no_fault() -> None:
    denied = '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}}'
    for kind, argument in access.RESOURCE_POLICIES.items():
        if kind != "aws_iam_role":
            stack: dict[str, object] = {"resource": {kind: {"some": {argument: denied}}}}
            found = [
                each for each in violations(stack, production=False) if "allows" in each.problem
            ]
            assert found == []


def test_a_stack_that_breaks_a_rule_is_not_written(tmp_path: Path) -> None:
    code, said = try_out(PUBLIC_SUBNET.format(True), tmp_path / "out", environment="dev")
    assert code != 0
    assert "aws_subnet.open gives public addresses" in said
    assert "map_public_ip_on_launch=False" in said
    assert [str(path) for path in tmp_path.rglob("*.json")] == []


def test_a_stack_of_prod_is_held_to_prods_rules(tmp_path: Path) -> None:
    code, said = try_out(
        'Vpc(stack, "vpc", cidr_block="10.9.0.0/16")', tmp_path / "out", environment="prod"
    )
    assert code != 0
    assert "aws_vpc.vpc can be destroyed in production" in said
    assert [str(path) for path in tmp_path.rglob("*.json")] == []


def test_a_stack_that_breaks_no_rule_is_written(tmp_path: Path) -> None:
    code, said = try_out(PUBLIC_SUBNET.format(False), tmp_path / "out", environment="dev")
    assert code == 0, said
    assert (tmp_path / "out" / "stacks" / "dev-tried" / "cdk.tf.json").exists()
