"""dev, applied by real Terraform to fresh emulators, planned a second time, and destroyed.

The tests of this file share one apply and run in their order: the last one destroys.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from delivery.terraform import TerraformFailed
from rehearsal import forgotten
from rehearsal.change import EXISTENCE, Change
from rehearsal.copies import Copies
from rehearsal.emulator import Emulator
from rehearsal.provider import Provider
from rehearsal.rehearsal import ONCE, Rehearsal
from rehearsal.schema import Schema
from rehearsal.stack import Stack, appearing
from rehearsal.standing import Question, questions, standing
from rehearsal.unimplemented import UNIMPLEMENTED
from stacks.environments import PLATFORM
from stacks.facts import read_facts

DEV = PLATFORM.environment("dev")
ASKED = questions(environment=DEV.name, cluster=DEV.cluster_name)
ALL_CLUSTERS = Question(noun="clusters", service="eks", operation="list_clusters", take="clusters")


@pytest.fixture(scope="module")
def emulator(provider: Provider) -> Iterator[Emulator]:
    with Emulator(region=DEV.region, account=DEV.account.id) as emulator:
        yield emulator


@pytest.fixture(scope="module")
def performed(stacks: dict[str, Stack]) -> list[Stack]:
    """dev's stacks, and those of its account and of the one with the images."""
    accounts = {DEV.account.name, PLATFORM.registry.name}
    return appearing(stacks, environment=DEV.name, accounts=accounts)


@pytest.fixture(scope="module")
def rehearsal(
    performed: list[Stack],
    emulator: Emulator,
    provider: Provider,
    schema: Schema,
    tmp_path_factory: pytest.TempPathFactory,
) -> Rehearsal:
    copies = Copies(
        folder=tmp_path_factory.mktemp("applied"),
        provider=provider,
        schema=schema,
        moto_url=emulator.moto.url,
    )
    rehearsal = Rehearsal(performed, copies=copies, emulator=emulator)
    rehearsal.apply()
    return rehearsal


@pytest.fixture(scope="module")
def second_plans(rehearsal: Rehearsal) -> Mapping[str, list[Change]]:
    return rehearsal.plan_again()


def told_by(emulator: Emulator, *asked: Question) -> dict[str, list[str]]:
    return dict(
        standing(
            asked,
            emulator=emulator,
            account=DEV.account.id,
            registry=PLATFORM.registry.id,
        )
    )


def test_every_resource_stands_but_those_that_no_emulator_implements(
    performed: list[Stack], rehearsal: Rehearsal
) -> None:
    for stack in performed:
        declared = {
            f"{kind}.{name}"
            for kind, blocks in stack.document.get("resource", {}).items()
            for name in blocks
        }
        applied = declared - rehearsal.removed[stack.name]
        counts = Counter(address.partition(".")[0] for address in applied)
        assert rehearsal.standing(stack.name) == counts, stack.name


def test_only_what_is_listed_as_unimplemented_is_left_out(rehearsal: Rehearsal) -> None:
    left_out = frozenset().union(*rehearsal.removed.values())
    assert left_out <= UNIMPLEMENTED.keys()


def test_the_emulators_tell_of_the_platform(rehearsal: Rehearsal, emulator: Emulator) -> None:
    told = told_by(emulator, *ASKED)
    zones = len(DEV.network.availability_zones)
    assert told["VPC"] == [DEV.network.cidr]
    assert len(told["subnets"]) == 3 * zones
    assert told["cluster"] == [f"{DEV.cluster_name} {DEV.cluster.kubernetes_version} ACTIVE"]
    assert {re.sub(r"-\d+[0-9a-f]*$", "", name) for name in told["node groups"]} == {
        group.name for group in DEV.cluster.node_groups
    }
    assert told["certificates"] == [DEV.domain.name]
    assert told["firewalls"] == [DEV.cluster_name]
    assert all(told.values()), told


def test_the_outputs_keep_the_facts_contract(rehearsal: Rehearsal) -> None:
    facts = read_facts(rehearsal.outputs(f"{DEV.name}-outputs"))
    assert facts.cluster_name == DEV.cluster_name
    assert facts.account_id == DEV.account.id


def test_a_second_plan_changes_nothing_but_what_the_emulators_forget(
    second_plans: Mapping[str, list[Change]], rehearsal: Rehearsal
) -> None:
    shown = [
        change
        for name, changes in second_plans.items()
        for change in changes
        if change.address not in rehearsal.removed[name]
    ]
    assert forgotten.faults(shown) == []


def test_what_is_left_out_is_planned_all_the_same(
    second_plans: Mapping[str, list[Change]], rehearsal: Rehearsal
) -> None:
    for name, addresses in rehearsal.removed.items():
        made = {each.address for each in second_plans[name] if each.argument == EXISTENCE}
        assert made == addresses


def test_an_external_identity_provider_can_be_planned_onto_the_cluster(
    second_plans: Mapping[str, list[Change]],
    cluster_with_external_identity: Stack,
    rehearsal: Rehearsal,
) -> None:
    name = cluster_with_external_identity.name
    rehearsal.copies.write([cluster_with_external_identity])
    with_people = rehearsal.plan_again([name])[name]
    assert set(with_people) - set(second_plans[name]) == {
        Change(
            resource_type="aws_eks_identity_provider_config",
            address="aws_eks_identity_provider_config.external-identity",
            argument=EXISTENCE,
        )
    }


def test_an_account_refuses_to_give_up_its_state_bucket(rehearsal: Rehearsal) -> None:
    account = f"account-{DEV.account.name}"
    with pytest.raises(TerraformFailed) as refusal:
        rehearsal.terraform.run(
            "plan", "-destroy", *ONCE, folder=rehearsal.copies.folder_of(account), seconds=120
        )
    assert "aws_s3_bucket.state has lifecycle.prevent_destroy set" in refusal.value.output


def test_no_call_can_leave_this_machine(rehearsal: Rehearsal, tmp_path: Path) -> None:
    copies = Copies(
        folder=tmp_path, provider=rehearsal.copies.provider, schema=rehearsal.copies.schema
    )
    stray = Stack(
        name="stray",
        dependencies=(),
        document={
            "terraform": {"required_providers": {"aws": {"source": "aws", "version": "0"}}},
            "provider": {"aws": [{"region": DEV.region}]},
            "data": {"aws_availability_zones": {"all": {}}},
        },
    )
    copies.write([stray])
    elsewhere = {**rehearsal.terraform.environment, "AWS_ENDPOINT_URL": "https://aws.example.com"}
    terraform = type(rehearsal.terraform)(environment=elsewhere)
    with pytest.raises(TerraformFailed, match=r"127\.0\.0\.1:1: connect: connection refused"):
        terraform.run("plan", *ONCE, folder=copies.folder_of("stray"), seconds=120)


def test_destroy_leaves_nothing_of_dev(
    performed: list[Stack], rehearsal: Rehearsal, emulator: Emulator
) -> None:
    own = [stack.name for stack in performed if stack.name.startswith(f"{DEV.name}-")]
    rehearsal.copies.write(performed)
    rehearsal.destroy(own)
    assert not any(rehearsal.standing(name) for name in own)
    told = told_by(emulator, ALL_CLUSTERS, *(each for each in ASKED if each.service != "eks"))
    assert {noun for noun, names in told.items() if names} == {"image repositories"}
