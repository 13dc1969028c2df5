"""Keys: one for each purpose, and policies that grant exactly the services that need them."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import many, resources, source, statements
from tests.synthesis import Stack

PURPOSES = {"cluster", "volumes", "logs", "secrets", "buckets"}
CRYPTOGRAPHY = {"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"}


@pytest.fixture
def encryption(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The encryption stack of the environment."""
    return synthesized[f"{environment.name}-encryption"]


def test_each_purpose_has_a_key_and_an_alias(environment: Environment, encryption: Stack) -> None:
    assert set(resources(encryption, "aws_kms_key")) == PURPOSES
    aliases = {
        alias["name"]: alias["target_key_id"]
        for alias in resources(encryption, "aws_kms_alias").values()
    }
    assert aliases == {
        f"alias/tribe-{environment.name}-{purpose}": f"${{aws_kms_key.{purpose}.key_id}}"
        for purpose in PURPOSES
    }


def test_images_have_a_key_where_they_are_kept(synthesized: dict[str, Stack]) -> None:
    assert set(resources(synthesized["account-shared"], "aws_kms_key")) == {"images", "state-key"}


def test_every_key_rotates_and_waits_before_it_is_gone(
    environment: Environment, encryption: Stack
) -> None:
    for purpose, key in resources(encryption, "aws_kms_key").items():
        assert key["enable_key_rotation"] is True, purpose
        assert key["deletion_window_in_days"] == environment.key_deletion_days, purpose


def test_every_key_of_every_stack_keeps_the_accounts_root(synthesized: dict[str, Stack]) -> None:
    seen = 0
    for stack in synthesized.values():
        [account_id] = stack["provider"]["aws"][0]["allowed_account_ids"]
        for address, key in resources(stack, "aws_kms_key").items():
            root = statements(key["policy"])["AccountRoot"]
            assert root["Effect"] == "Allow", address
            assert root["Action"] == "kms:*", address
            assert root["Principal"] == {"AWS": f"arn:aws:iam::{account_id}:root"}, address
            assert "Condition" not in root, address
            seen += 1
    assert seen >= 3 * len(PURPOSES) + 4  # and those of the accounts


@pytest.mark.parametrize("purpose", ["cluster", "secrets", "buckets"])
def test_keys_that_iam_alone_governs_grant_nobody_else(encryption: Stack, purpose: str) -> None:
    policy = resources(encryption, "aws_kms_key")[purpose]["policy"]
    assert set(statements(policy)) == {"AccountRoot"}


def test_the_logs_key_serves_this_regions_log_groups_of_this_account(
    environment: Environment, encryption: Stack
) -> None:
    granted = statements(resources(encryption, "aws_kms_key")["logs"]["policy"])
    assert set(granted) == {"AccountRoot", "CloudWatchLogs"}
    logs = granted["CloudWatchLogs"]
    assert logs["Principal"] == {"Service": f"logs.{environment.region}.amazonaws.com"}
    assert set(many(logs["Action"])) == CRYPTOGRAPHY
    groups = f"arn:aws:logs:{environment.region}:{environment.account.id}:log-group:*"
    assert logs["Condition"] == {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}}


def test_the_volumes_key_serves_autoscaling_and_lends_grants_to_aws_alone(
    environment: Environment, encryption: Stack
) -> None:
    granted = statements(resources(encryption, "aws_kms_key")["volumes"]["policy"])
    assert set(granted) == {"AccountRoot", "AutoScaling", "AutoScalingVolumes"}
    role = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
    for sid in ("AutoScaling", "AutoScalingVolumes"):
        principal = f"arn:aws:iam::{environment.account.id}:role/{role}"
        assert granted[sid]["Principal"] == {"AWS": principal}
    assert set(many(granted["AutoScaling"]["Action"])) == {*CRYPTOGRAPHY, "kms:DescribeKey"}
    assert granted["AutoScalingVolumes"]["Action"] == "kms:CreateGrant"
    assert granted["AutoScalingVolumes"]["Condition"] == {
        "Bool": {"kms:GrantIsForAWSResource": "true"}
    }


def test_every_log_group_and_secret_has_the_key_of_its_purpose(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    wanted = {"aws_cloudwatch_log_group": "logs", "aws_secretsmanager_secret": "secrets"}
    seen = dict.fromkeys(wanted, 0)
    for name, stack in synthesized.items():
        if name.startswith(f"{environment.name}-"):
            for kind, purpose in wanted.items():
                for address, arguments in resources(stack, kind).items():
                    key = source(synthesized, arguments["kms_key_id"])
                    assert key == f"${{aws_kms_key.{purpose}.arn}}", f"{name} {address}"
                    seen[kind] += 1
    assert seen["aws_cloudwatch_log_group"] == 3  # flow logs, control plane, firewall
    assert seen["aws_secretsmanager_secret"] > 0
