"""Facts are known before prod is merged, and are the environment's own."""

from dataclasses import replace

import pytest

from review.rules.facts import check, check_all
from tests.review.rules.given import objects

FACTS = {
    "environment": "prod",
    "accountId": "333333333333",
    "region": "eu-central-1",
    "clusterName": "tribe-prod",
    "domain": "tribe.example.com",
    "vpcId": "vpc-0a1b2c3d4e5f60718",
    "certificateArn": "arn:aws:acm:eu-central-1:333333333333:certificate/1b4e28ba-2fa1",
}


def test_known_facts_are_quiet():
    assert list(check(objects(environment="prod", facts=FACTS))) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("vpcId", "vpc-00000000000000000"),
        ("userPoolId", "eu-central-1_000000000"),
        ("userPoolClientId", "0" * 26),
        ("accountId", "0" * 12),
        ("domain", ""),
        (
            "volumesKeyArn",
            "arn:aws:kms:eu-central-1:333333333333:key/00000000-0000-0000-0000-000000000000",
        ),
    ],
)
def test_zeros_are_an_error_in_prod_and_a_warning_before(name: str, value: str):
    for environment, severity in (("dev", "warning"), ("staging", "warning"), ("prod", "error")):
        facts = {**FACTS, "environment": environment, name: value}
        first = next(check(objects(environment=environment, facts=facts)))
        assert first.severity == severity
        assert first.message.startswith(f"{name}: not known yet")
        assert f"make facts ENV={environment}" in first.message


@pytest.mark.parametrize("value", ["vpc-0a00000000000", "vpc-00000000", "10.0.0.0/16"])
def test_zeros_within_an_id_are_no_placeholder(value: str):
    assert list(check(objects(environment="prod", facts={**FACTS, "vpcId": value}))) == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("environment", "dev", "is dev, and this is prod"),
        ("accountId", "222222222222", "is of the account 333333333333, and accountId is 2222"),
        ("region", "eu-west-1", "is of the region eu-central-1, and region is eu-west-1"),
    ],
)
def test_facts_agree_with_one_another_and_the_folder(name: str, value: str, says: str):
    (problem,) = check(objects(environment="prod", facts={**FACTS, name: value}))
    assert says in problem.message
    assert problem.severity == "error"


def test_two_environments_have_a_cluster_and_a_domain_each():
    prod = objects(environment="prod", facts=FACTS).rendering.environment
    dev = replace(prod, name="dev", facts={**FACTS, "clusterName": "tribe-dev"})
    (problem,) = check_all([prod, dev])
    assert (problem.path, problem.environment) == ("facts.domain", "dev")
    other = replace(dev, facts={**dev.facts, "domain": "dev.tribe.example.com"})
    assert list(check_all([prod, other])) == []
