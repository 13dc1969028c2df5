"""What stands once in each account: its states, the ceiling of its roles, and the images in one."""

import json

import pytest

from stacks.environments import PLATFORM
from stacks.settings import Account
from tests.stacks.terraform_json import only, resources, statements
from tests.synthesis import Stack

LONGEST_MANAGED = 6_144  # letters that IAM takes for a managed policy, spaces not counted


@pytest.fixture(params=PLATFORM.accounts, ids=lambda account: account.name)
def account(request: pytest.FixtureRequest) -> Account:
    """Each account in turn."""
    return request.param


@pytest.fixture
def ground(account: Account, synthesized: dict[str, Stack]) -> Stack:
    """The account's own stack."""
    return synthesized[f"account-{account.name}"]


@pytest.fixture
def registry(synthesized: dict[str, Stack]) -> Stack:
    """The stack of the account that holds the images."""
    return synthesized[f"account-{PLATFORM.registry.name}"]


def test_the_state_bucket_is_versioned_and_encrypted_with_its_own_key(
    account: Account, ground: Stack
) -> None:
    assert only(ground, "aws_s3_bucket")["bucket"] == account.state_bucket
    versioning = only(ground, "aws_s3_bucket_versioning")
    assert versioning["versioning_configuration"] == {"status": "Enabled"}
    [rule] = only(ground, "aws_s3_bucket_server_side_encryption_configuration")["rule"]
    assert rule["apply_server_side_encryption_by_default"] == {
        "sse_algorithm": "aws:kms",
        "kms_master_key_id": "${aws_kms_key.state-key.arn}",
    }


def test_the_state_bucket_is_private_and_spoken_to_by_tls_alone(
    account: Account, ground: Stack
) -> None:
    ways = only(ground, "aws_s3_bucket_public_access_block")
    assert [way for way, value in ways.items() if value is True] == [
        *("block_public_acls", "block_public_policy"),
        *("ignore_public_acls", "restrict_public_buckets"),
    ]
    denied = statements(only(ground, "aws_s3_bucket_policy")["policy"])["TlsOnly"]
    assert denied["Resource"] == [
        f"arn:aws:s3:::{account.state_bucket}",
        f"arn:aws:s3:::{account.state_bucket}/*",
    ]


def test_states_do_not_expire_and_old_ones_stay_for_a_year(ground: Stack) -> None:
    [rule] = only(ground, "aws_s3_bucket_lifecycle_configuration")["rule"]
    assert "expiration" not in rule
    assert rule["noncurrent_version_expiration"] == [{"noncurrent_days": 365}]


def test_the_states_and_their_key_cannot_be_destroyed_in_any_account(ground: Stack) -> None:
    assert only(ground, "aws_s3_bucket")["lifecycle"] == {"prevent_destroy": True}
    key = resources(ground, "aws_kms_key")["state-key"]
    assert key["lifecycle"] == {"prevent_destroy": True}
    assert key["deletion_window_in_days"] == 30


def test_the_boundary_lets_no_role_touch_identity_or_state(account: Account, ground: Stack) -> None:
    boundary = resources(ground, "aws_iam_policy")["boundary"]
    assert boundary["name"] == "tribe-boundary"
    granted = statements(boundary["policy"])
    assert {sid for sid, statement in granted.items() if statement["Effect"] == "Allow"} == {
        "Ceiling"
    }
    assert "iam:*" in granted["NoIdentity"]["Action"]
    assert granted["NoState"]["Effect"] == "Deny"
    assert granted["NoState"]["Resource"] == [
        f"arn:aws:s3:::{account.state_bucket}",
        f"arn:aws:s3:::{account.state_bucket}/*",
    ]


def test_the_boundary_keeps_roles_in_their_account_and_off_the_deployers(
    account: Account, ground: Stack
) -> None:
    granted = statements(resources(ground, "aws_iam_policy")["boundary"]["policy"])
    out = granted["NoWayOut"]
    assert (out["Effect"], out["Action"]) == ("Deny", "sts:AssumeRole")
    assert out["Condition"] == {"StringNotEquals": {"aws:ResourceAccount": account.id}}
    assert granted["NoDeployer"]["Resource"] == f"arn:aws:iam::{account.id}:role/tribe-*-apply"


def test_managed_policies_are_as_short_as_iam_wants_them(ground: Stack) -> None:
    for name, policy in resources(ground, "aws_iam_policy").items():
        assert len(policy["policy"]) < LONGEST_MANAGED, name


def test_roles_that_key_policies_name_are_made_where_they_lack(
    account: Account, ground: Stack
) -> None:
    made = {
        role["aws_service_name"]
        for role in resources(ground, "aws_iam_service_linked_role").values()
    }
    assert made == set(account.service_linked_roles)


def test_an_account_with_environments_has_the_role_that_the_volumes_key_names() -> None:
    for account in PLATFORM.accounts:
        if PLATFORM.environments_in(account):
            assert "autoscaling.amazonaws.com" in account.service_linked_roles, account.name


def test_images_are_in_one_account_alone(synthesized: dict[str, Stack]) -> None:
    holders = [
        name for name, stack in synthesized.items() if resources(stack, "aws_ecr_repository")
    ]
    assert holders == [f"account-{PLATFORM.registry.name}"]


def test_a_tag_never_means_another_image(registry: Stack) -> None:
    for name, repository in resources(registry, "aws_ecr_repository").items():
        assert repository["image_tag_mutability"] == "IMMUTABLE", name
        assert repository["image_scanning_configuration"] == {"scan_on_push": True}, name
        assert repository["encryption_configuration"] == [
            {"encryption_type": "KMS", "kms_key": "${aws_kms_key.images.arn}"}
        ], name
        assert repository["lifecycle"] == {"prevent_destroy": True}, name


def test_every_account_pulls_and_none_pushes_by_the_repositorys_policy(registry: Stack) -> None:
    policies = resources(registry, "aws_ecr_repository_policy")
    assert len(policies) == len(resources(registry, "aws_ecr_repository"))
    for name, policy in policies.items():
        pull = statements(policy["policy"])["Pull"]
        roots = [f"arn:aws:iam::{account.id}:root" for account in PLATFORM.accounts]
        assert pull["Principal"] == {"AWS": roots}, name
        assert set(pull["Action"]) == {
            "ecr:BatchCheckLayerAvailability",
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
        }, name


def test_images_have_an_end(registry: Stack) -> None:
    lifecycles = resources(registry, "aws_ecr_lifecycle_policy")
    assert len(lifecycles) == len(resources(registry, "aws_ecr_repository"))
    for name, lifecycle in lifecycles.items():
        kept = {
            rule["selection"]["tagStatus"]: rule["selection"]["countNumber"]
            for rule in json.loads(lifecycle["policy"])["rules"]
        }
        assert kept == {"untagged": 14, "any": 200}, name
