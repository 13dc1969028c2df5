"""The roles that workflows take are those that the accounts' stacks make."""

import pytest
from click.testing import CliRunner

from delivery.github_role import github_role, main
from stacks.settings import Environment
from tests.synthesis import Stack


@pytest.mark.parametrize("verb", ["plan", "apply"])
def test_the_role_is_one_that_the_account_makes(
    environment: Environment, verb, synthesized: dict[str, Stack]
):
    ground = synthesized[f"account-{environment.account.name}"]["resource"]["aws_iam_role"]
    made = {
        f"arn:aws:iam::{environment.account.id}:role/{role['name']}" for role in ground.values()
    }
    assert github_role(environment, verb) in made


def test_it_is_told_as_outputs_of_a_step(environment: Environment):
    result = CliRunner().invoke(main, [environment.name, "plan"])
    assert result.exit_code == 0
    said = dict(line.split("=", 1) for line in result.output.splitlines())
    assert said == {"role": github_role(environment, "plan"), "region": environment.region}


def test_an_unknown_environment_is_refused_with_those_that_exist():
    result = CliRunner().invoke(main, ["stagging", "plan"])
    assert result.exit_code == 1
    assert "Did you mean staging?" in result.output
