"""A fresh repository's facts: the contract's own, as far as anyone can know them."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from stacks.facts import Facts, read_facts
from stacks.settings import Environment
from tests.synthesis import Stack
from tests.template.applications import ENVIRONMENTS

# What only AWS can say is zeros.
UNKNOWN = {
    "vpc_id",
    "certificate_arn",
    "web_acl_arn",
    "user_pool_arn",
    "user_pool_id",
    "user_pool_client_id",
    "volumes_key_arn",
}


def facts(repository: Path, environment: str) -> dict[str, str]:
    """By the names that the contract has in Python."""
    text = (repository / "environments" / environment / "facts.yaml").read_text()
    return {_snake_case(name): value for name, value in yaml.safe_load(text)["facts"].items()}


def _snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


@pytest.mark.parametrize("environment_name", ENVIRONMENTS)
def test_they_are_the_contracts_in_name_order_and_shape(environment_name: str, repository: Path):
    given = facts(repository, environment_name)
    assert list(given) == [each.name for each in fields(Facts)]
    read_facts(given)


def test_what_is_known_is_what_the_platforms_own_stacks_say(
    repository: Path, synthesized: dict[str, Stack], environment: Environment
):
    """The template's defaults are this platform's settings; derived names are the stacks'."""
    outputs = synthesized[f"{environment.name}-outputs"]["output"]
    known = {
        name: output["value"] for name, output in outputs.items() if "${" not in output["value"]
    }
    given = facts(repository, environment.name)
    assert {name: given[name] for name in known} == known
    # The cluster's name waits for the cluster, so that no application is made before it.
    assert given.keys() - known.keys() == UNKNOWN | {"cluster_name"}
    assert given["cluster_name"] == environment.cluster_name


@pytest.mark.parametrize("environment_name", ENVIRONMENTS)
def test_what_is_unknown_is_evident(environment_name: str, repository: Path):
    given = facts(repository, environment_name)
    for name in UNKNOWN:
        assert "00000000" in given[name]
    for name in given.keys() - UNKNOWN:
        assert "00000000" not in given[name]
