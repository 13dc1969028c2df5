"""`terraform validate` by the real provider, over every AWS stack of every environment."""

import copy
from dataclasses import replace
from pathlib import Path

import pytest

from rehearsal import adaptation
from rehearsal.copies import Copies
from rehearsal.provider import Provider
from rehearsal.schema import Schema
from rehearsal.stack import Stack
from rehearsal.validation import validate
from stacks.environments import PLATFORM


@pytest.fixture(scope="session")
def copies(provider: Provider, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return Copies(folder=tmp_path_factory.mktemp("validated"), provider=provider, schema=schema)


@pytest.fixture(scope="session")
def said(
    stacks: dict[str, Stack], cluster_with_external_identity: Stack, copies: Copies
) -> dict[str, list[str]]:
    """What the provider says against each AWS stack that the platform has or could have."""
    aws = [stack for stack in stacks.values() if stack.is_aws_only]
    variant = replace(cluster_with_external_identity, name="dev-cluster-with-external-identity")
    return dict(validate([*aws, variant], copies=copies))


def test_the_provider_says_nothing_against_any_stack(said: dict[str, list[str]]) -> None:
    assert {name: words for name, words in said.items() if words} == {}


@pytest.mark.parametrize("environment", PLATFORM.environments, ids=lambda each: each.name)
def test_the_stacks_of_every_environment_are_validated(environment, said) -> None:
    own = {name.removeprefix(f"{environment.name}-") for name in said}
    assert own >= {"network", "encryption", "cluster", "identity", "storage", "edge", "services"}


@pytest.mark.parametrize("account", PLATFORM.accounts, ids=lambda each: each.name)
def test_the_stack_of_every_account_is_validated(account, said) -> None:
    assert f"account-{account.name}" in said


def test_an_external_identity_provider_is_validated(
    said: dict[str, list[str]], cluster_with_external_identity: Stack
) -> None:
    assert "aws_eks_identity_provider_config" in cluster_with_external_identity.document["resource"]
    assert said["dev-cluster-with-external-identity"] == []


def test_only_listed_arguments_are_dropped_and_each_entry_is_needed(
    said: dict[str, list[str]], copies: Copies, provider: Provider
) -> None:
    assert said
    assert adaptation.faults(copies.dropped, version=provider.version) == []


def test_a_fault_is_told_of_the_stack_that_has_it(
    stacks: dict[str, Stack], provider: Provider, schema: Schema, tmp_path: Path
) -> None:
    network = copy.deepcopy(dict(stacks["dev-network"].document))
    [vpc] = network["resource"]["aws_vpc"].values()
    vpc["cidr_block"] = "10.10.0.0/99"
    broken = [replace(stacks["dev-network"], document=network), stacks["dev-encryption"]]
    said = validate(broken, copies=Copies(folder=tmp_path, provider=provider, schema=schema))
    assert said["dev-encryption"] == []
    assert len(said["dev-network"]) == 1
    assert "10.10.0.0/99" in said["dev-network"][0]
