"""A domain and its zone: what is refused."""

from dataclasses import replace

import pytest

from stacks.environments.dev import DEV
from tests.stacks.settings.refusal import refused

# ACM takes at most 64 letters for a certificate's first name, 253 for the others.
LONG = f"{'a' * 40}.{'b' * 11}.example.com"


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"name": ""}, "name", "dev.tribe.example.com", id="an empty name"),
        pytest.param({"name": "*.dev.example.com"}, "name", '"dev.example.com"', id="a wildcard"),
        pytest.param({"zone": ""}, "zone", "dev.tribe.example.com", id="an empty zone"),
        pytest.param({"zone": "*.example.com"}, "zone", '"example.com"', id="a wildcard zone"),
        pytest.param({"name": "dev"}, "name", "labels", id="a single label"),
        pytest.param({"name": "Dev.example.com"}, "name", "lower case", id="upper case"),
        pytest.param({"name": "dev.example.com."}, "name", "without a final dot", id="a final dot"),
        pytest.param({"name": "dev..example.com"}, "name", "labels", id="an empty label"),
        pytest.param({"name": "-dev.example.com"}, "name", "labels", id="a leading dash"),
        pytest.param({"name": "dev_1.example.com"}, "name", "dashes", id="an underscore"),
        pytest.param(
            {"name": "dév.example.com"}, "name", "letters", id="a letter that is not ASCII"
        ),
        pytest.param({"name": "dev.example.com\n"}, "name", "letters", id="a trailing newline"),
        pytest.param(
            {"name": "https://dev.example.com"}, "name", "labels", id="an address for a name"
        ),
        pytest.param({"name": f"{'a' * 64}.example.com"}, "name", "labels", id="a label too long"),
        pytest.param({"name": f"b.{LONG}"}, "name", "64", id="a name too long for a certificate"),
        pytest.param(
            {"zone": "staging.tribe.example.com"},
            "zone",
            '"dev.tribe.example.com"',
            id="a zone beside the name",
        ),
        pytest.param(
            {"zone": "api.dev.tribe.example.com"}, "zone", "holds it", id="a zone below the name"
        ),
        pytest.param(
            {"zone": "ribe.example.com"}, "zone", "holds it", id="a zone that only ends alike"
        ),
        pytest.param(
            {"zone_is": "found"}, "zone_is", "Choose", id="a zone neither made nor looked up"
        ),
        pytest.param(
            {"requests_per_five_minutes": 9},
            "requests_per_five_minutes",
            "10 or more",
            id="a limit under WAF's",
        ),
        pytest.param(
            {"requests_per_five_minutes": 2_000_000_001},
            "requests_per_five_minutes",
            "such as 2000",
            id="a limit over WAF's",
        ),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(DEV.domain, **change))
    assert refusal.field == f"Domain.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize("zone", ["dev.tribe.example.com", "tribe.example.com", "example.com"])
def test_accepts_the_domain_itself_or_a_parent_as_its_zone(zone: str) -> None:
    assert replace(DEV.domain, zone=zone, zone_is="looked-up").zone == zone


def test_accepts_a_name_as_long_as_a_certificate_takes() -> None:
    assert len(LONG) == 64
    assert replace(DEV.domain, name=LONG, zone="example.com").name == LONG
