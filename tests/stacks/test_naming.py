"""Names and tags: the same rule everywhere, and never longer than AWS takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stacks import naming
from stacks.environments import PLATFORM

# As stacks/settings/environment.py has it.
ENVIRONMENTS = st.from_regex(r"[a-z][a-z0-9]{1,11}", fullmatch=True)
ACCOUNT_IDS = st.from_regex(r"[0-9]{12}", fullmatch=True)
NAMESPACES = (
    "argocd",
    "tribe-system",
    "api-services",
    "frontend-services",
    "ai-services",
    "monitoring",
)


def test_a_name_begins_with_the_organisation() -> None:
    assert naming.name("dev", "loki") == "tribe-dev-loki"
    assert naming.name() == "tribe"


def test_a_name_as_long_as_s3_takes_is_made() -> None:
    assert len(naming.name("a" * 57)) == 63


def test_a_name_longer_than_s3_takes_is_refused() -> None:
    # IAM would take one letter more; one limit for all is easier to hold.
    with pytest.raises(ValueError, match=r"has 64 letters; AWS takes 63. Shorten a part"):
        naming.name("a" * 58)


def test_a_bucket_bears_its_account_for_all_of_aws_shares_the_names() -> None:
    assert (
        naming.bucket_name("dev", "logs", account_id="222222222222")
        == "tribe-dev-logs-222222222222"
    )


@given(environment=ENVIRONMENTS, account_id=ACCOUNT_IDS)
@pytest.mark.parametrize("noun", ["loki-chunks", "loki-ruler", "access-logs", "monitoring"])
def test_every_environments_buckets_have_names_that_s3_takes(
    environment: str, account_id: str, noun: str
) -> None:
    bucket = naming.bucket_name(environment, noun, account_id=account_id)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", bucket)


@given(environment=ENVIRONMENTS)
@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_environments_readers_have_names_that_iam_takes(
    environment: str, namespace: str
) -> None:
    assert len(naming.secret_reader_role(environment, namespace)) <= 64


@given(one=ENVIRONMENTS, other=ENVIRONMENTS)
def test_no_environments_prefix_holds_anothers_names(one: str, other: str) -> None:
    if one != other:
        assert not naming.name(other, "loki").startswith(f"{naming.name(one)}-")
        assert not naming.secret_prefix(other, "argocd").startswith(f"tribe/{one}/")


def test_a_secrets_prefix_ends_where_the_next_namespace_could_begin() -> None:
    assert naming.secret_prefix("dev", "api-services") == "tribe/dev/api-services/"


def test_arns_name_the_account() -> None:
    role = naming.role_arn("222222222222", "teams/admins")
    assert role == "arn:aws:iam::222222222222:role/teams/admins"
    assert naming.boundary_arn("222222222222") == "arn:aws:iam::222222222222:policy/tribe-boundary"


def test_tags_tell_scope_stack_and_tool() -> None:
    assert naming.tags(scope="dev", noun="network") == {
        "tribe:scope": "dev",
        "tribe:stack": "network",
        "tribe:managed-by": "cdktf",
    }


def test_the_cluster_is_named_as_everything_else_of_its_environment() -> None:
    for environment in PLATFORM.environments:
        assert environment.cluster_name == naming.name(environment.name)
