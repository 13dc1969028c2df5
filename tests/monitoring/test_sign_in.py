"""Who is what in Grafana: its own expression, asked of the claims of Cognito's access tokens."""

from typing import Any

import jmespath
import pytest
import yaml

from tests.monitoring.rules import PROJECT

# What Cognito puts into an access token, but for the groups.
CLAIMS = {
    "sub": "0c1d2e3f-0000-4000-8000-000000000000",
    "iss": "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbC123",
    "client_id": "client",
    "token_use": "access",
    "scope": "openid",
    "username": "ada",
}


def settings() -> dict[str, Any]:
    values = yaml.safe_load(
        (PROJECT / "monitoring" / "kube-prometheus-stack" / "grafana.yaml").read_text()
    )
    return values["grafana"]["grafana.ini"]["auth.jwt"]


def role(claims: dict[str, Any]) -> str:
    """Grafana's role of the bearer, "" for none: what is not a string counts as none there too."""
    found = jmespath.search(settings()["role_attribute_path"], claims)
    return found if isinstance(found, str) else ""


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["platform"], "Admin"),
        (["developers"], "Editor"),
        (["viewers"], "Viewer"),
        (["viewers", "developers"], "Editor"),
        (["viewers", "developers", "platform"], "Admin"),
        (["others"], ""),
        (["platform-trainees", "not-viewers"], ""),
        ([], ""),
        (None, ""),
    ],
)
def test_the_greatest_of_the_groups_gives_the_role(groups: list[str] | None, expected: str):
    assert role({**CLAIMS, "cognito:groups": groups}) == expected


def test_who_is_in_no_group_at_all_has_no_role_and_is_refused():
    assert role(CLAIMS) == ""
    assert settings()["role_attribute_strict"] is True
    assert settings()["skip_org_role_sync"] is False


def test_the_name_that_grafana_shows_is_a_claim_of_the_token():
    assert CLAIMS[settings()["username_claim"]] == "ada"
    assert "email_claim" not in settings()  # an access token has none


def test_no_second_way_in_stands_beside_the_verified_token():
    """A token in an address ends up in logs; a key of our own would vouch for other tokens."""
    assert not settings().keys() & {"url_login", "key_file", "jwk_set_file", "jwk_set_url"}
