"""The contract of what leaves Terraform: the outputs are the facts, no more and no less."""

import re
from dataclasses import fields

import pytest

from stacks.facts import Facts, FactsError, read_facts
from stacks.settings import Environment
from tests.stacks.terraform_json import resources, source
from tests.synthesis import Stack

REFERENCE = re.compile(r"\$\{(?:data\.)?(?P<kind>aws_\w+)\.(?P<name>[\w-]+)\.\w+\}")

# What a deployed dev would give out.
DEPLOYED = {
    "environment": "dev",
    "account_id": "222222222222",
    "region": "eu-central-1",
    "domain": "dev.tribe.example.com",
    "kubernetes_version": "1.36",
    "cluster_name": "tribe-dev",
    "vpc_id": "vpc-0a1b2c3d4e5f60718",
    "vpc_cidr": "10.10.0.0/16",
    "public_cidr": "10.10.192.0/19",
    "intra_cidr": "10.10.224.0/19",
    "service_cidr": "172.20.0.0/16",
    "certificate_arn": "arn:aws:acm:eu-central-1:222222222222:certificate/7e1f",
    "web_acl_arn": "arn:aws:wafv2:eu-central-1:222222222222:regional/webacl/tribe-dev/7e1f",
    "access_log_bucket": "tribe-dev-access-logs-222222222222",
    "loki_chunks_bucket": "tribe-dev-loki-chunks-222222222222",
    "loki_ruler_bucket": "tribe-dev-loki-ruler-222222222222",
    "user_pool_arn": "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_AbC123",
    "user_pool_id": "eu-central-1_AbC123",
    "user_pool_client_id": "1h57kf5cpq17m0eml12EXAMPLE",
    "user_pool_domain": "tribe-dev-monitoring-222222222222",
    "volumes_key_arn": "arn:aws:kms:eu-central-1:222222222222:key/7e1f",
    "registry": "111111111111.dkr.ecr.eu-central-1.amazonaws.com",
}


@pytest.fixture
def outputs(environment: Environment, synthesized: dict[str, Stack]) -> dict[str, str]:
    """Name → value of each output of the environment's last stack."""
    output = synthesized[f"{environment.name}-outputs"]["output"]
    return {name: each["value"] for name, each in output.items()}


def test_the_outputs_are_the_facts(outputs: dict[str, str]) -> None:
    assert set(outputs) == {field.name for field in fields(Facts)}


def test_the_stack_of_outputs_makes_nothing(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    assert "resource" not in synthesized[f"{environment.name}-outputs"]


def test_no_fact_is_a_secret(environment: Environment, synthesized: dict[str, Stack]) -> None:
    output = synthesized[f"{environment.name}-outputs"]["output"]
    assert [name for name, each in output.items() if each.get("sensitive")] == []
    assert [name for name in output if "secret" in name or "password" in name] == []


def test_every_fact_leads_to_something_that_is_made(
    environment: Environment, outputs: dict[str, str], synthesized: dict[str, Stack]
) -> None:
    own = {
        name: stack
        for name, stack in synthesized.items()
        if name.startswith(f"{environment.name}-")
    }
    for fact, value in outputs.items():
        reference = source(synthesized, value)
        if reference.startswith("${"):
            made = REFERENCE.fullmatch(reference)
            assert made, f"{fact}: {reference}"
            holders = [
                name
                for name, stack in own.items()
                if made["name"] in resources(stack, made["kind"])
            ]
            assert holders, f"{fact}: {reference}"


def test_facts_known_before_anything_is_made_are_the_settings_own(
    environment: Environment, outputs: dict[str, str]
) -> None:
    known = {name: value for name, value in outputs.items() if not value.startswith("${")}
    assert known["environment"] == environment.name
    assert known["account_id"] == environment.account.id
    assert known["domain"] == environment.domain.name
    assert known["kubernetes_version"] == environment.cluster.kubernetes_version
    assert known["vpc_cidr"] == environment.network.cidr
    assert known["service_cidr"] == environment.cluster.service_cidr
    # Each has the shape that the contract asks for.
    read_facts({**DEPLOYED, **known})


def test_every_environment_pulls_from_the_one_registry(outputs: dict[str, str]) -> None:
    assert outputs["registry"] == "111111111111.dkr.ecr.eu-central-1.amazonaws.com"


def test_facts_of_a_deployed_environment_are_read() -> None:
    facts = read_facts(DEPLOYED)
    assert {field.name: getattr(facts, field.name) for field in fields(facts)} == DEPLOYED


@pytest.mark.parametrize("fact", DEPLOYED)
def test_a_missing_fact_is_refused(fact: str) -> None:
    rest = {name: value for name, value in DEPLOYED.items() if name != fact}
    with pytest.raises(FactsError, match=rf"{fact}: is missing; deploy"):
        read_facts(rest)


@pytest.mark.parametrize("fact", DEPLOYED)
@pytest.mark.parametrize("value", ["", "${aws_vpc.vpc.id}", "a b", None, "x\ny: z"])
def test_a_fact_of_another_shape_is_refused(fact: str, value: object) -> None:
    with pytest.raises(FactsError, match=rf"{fact}: .* is not of the form"):
        read_facts({**DEPLOYED, fact: value})


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(FactsError, match=r"vpc_idd: is no fact of the contract; add it"):
        read_facts({**DEPLOYED, "vpc_idd": "vpc-1"})


def test_all_faults_are_told_at_once() -> None:
    faulty = {**DEPLOYED, "region": "Frankfurt", "extra": "1"}
    del faulty["vpc_id"]
    with pytest.raises(FactsError) as caught:
        read_facts(faulty)
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        *("vpc_id", "extra", "region")
    ]
