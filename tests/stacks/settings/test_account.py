"""An AWS account: what is refused."""

from dataclasses import replace

import pytest

from stacks.environments.accounts import NONPROD
from tests.stacks.settings.refusal import refused


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"id": "12345678901"}, "id", "twelve digits", id="eleven digits"),
        pytest.param({"id": "1234567890123"}, "id", "twelve digits", id="thirteen digits"),
        pytest.param({"id": "1234-5678-9012"}, "id", "twelve digits", id="dashes in the id"),
        pytest.param({"id": "12345678901a"}, "id", "twelve digits", id="a letter in the id"),
        pytest.param({"id": "222222222222\n"}, "id", "twelve digits", id="a trailing newline"),
        pytest.param({"id": "\u0662" * 12}, "id", "twelve digits", id="digits of another script"),
        pytest.param({"id": 222222222222}, "id", "in quotes", id="an id as a number"),
        pytest.param({"name": ""}, "name", '"nonprod"', id="no name"),
        pytest.param({"name": "NonProd"}, "name", '"nonprod"', id="upper case"),
        pytest.param({"region": "Frankfurt"}, "region", '"eu-central-1"', id="a city for a region"),
        pytest.param(
            {"region": "eu-central-1a"}, "region", '"eu-central-1"', id="a zone for a region"
        ),
        pytest.param({"region": ""}, "region", '"eu-central-1"', id="no region"),
        pytest.param(
            {"region": "cn-north-1"}, "region", "arn:aws:", id="a region of China's partition"
        ),
        pytest.param({"region": "us-gov-west-1"}, "region", "arn:aws:", id="a region of GovCloud"),
        pytest.param(
            {"state_bucket": ""}, "state_bucket", "None for local", id="an empty bucket name"
        ),
        pytest.param(
            {"state_bucket": "Tribe-State"}, "state_bucket", "lower case", id="a shouted bucket"
        ),
        pytest.param(
            {"state_bucket": "tribe.state"}, "state_bucket", "dashes", id="a dot in a bucket"
        ),
        pytest.param(
            {"state_bucket": "ab"}, "state_bucket", "lower case", id="a bucket name too short"
        ),
        pytest.param(
            {"state_bucket": "a" * 64}, "state_bucket", "lower case", id="a bucket name too long"
        ),
        pytest.param(
            {"service_linked_roles": ("autoscaling",)},
            "service_linked_roles",
            '"autoscaling.amazonaws.com"',
            id="a service without its domain",
        ),
        pytest.param(
            {"service_linked_roles": ("autoscaling.amazonaws.com",) * 2},
            "service_linked_roles",
            "each once",
            id="a service named twice",
        ),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(NONPROD, **change))
    assert refusal.field == f"Account.{field}"
    assert mend in refusal.mend


def test_accepts_leading_zeros_in_the_id() -> None:
    assert replace(NONPROD, id="000000000012").id == "000000000012"


def test_accepts_local_state() -> None:
    assert replace(NONPROD, state_bucket=None).state_bucket is None
