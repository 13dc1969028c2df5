"""Buckets and secrets as they are synthesized: private, encrypted, with an end, without a value."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, many, resources, source, statements
from tests.synthesis import Stack

BUCKETS = ("loki-chunks", "loki-ruler", "access-logs")


@pytest.fixture
def storage(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The storage stack of the environment."""
    return synthesized[f"{environment.name}-storage"]


@pytest.fixture(params=BUCKETS)
def bucket(request: pytest.FixtureRequest) -> str:
    """Each bucket in turn."""
    return request.param


def of_bucket(stack: Stack, kind: str, bucket: str) -> Arguments:
    """The one resource of type `kind` that belongs to a bucket."""
    [found] = [
        arguments
        for arguments in resources(stack, kind).values()
        if arguments["bucket"] == f"${{aws_s3_bucket.{bucket}.id}}"
    ]
    return found


def test_the_buckets_bear_environment_purpose_and_account(
    environment: Environment, storage: Stack
) -> None:
    names = {name: made["bucket"] for name, made in resources(storage, "aws_s3_bucket").items()}
    assert names == {
        bucket: f"tribe-{environment.name}-{bucket}-{environment.account.id}" for bucket in BUCKETS
    }


def test_nothing_of_a_bucket_is_public(storage: Stack, bucket: str) -> None:
    ways = of_bucket(storage, "aws_s3_bucket_public_access_block", bucket)
    assert all(
        ways[way] is True
        for way in (
            *("block_public_acls", "block_public_policy"),
            *("ignore_public_acls", "restrict_public_buckets"),
        )
    ), ways
    ownership = of_bucket(storage, "aws_s3_bucket_ownership_controls", bucket)
    assert ownership["rule"] == {"object_ownership": "BucketOwnerEnforced"}


def test_a_bucket_is_spoken_to_by_tls_alone(
    environment: Environment, storage: Stack, bucket: str
) -> None:
    denied = statements(of_bucket(storage, "aws_s3_bucket_policy", bucket)["policy"])["TlsOnly"]
    arn = f"arn:aws:s3:::tribe-{environment.name}-{bucket}-{environment.account.id}"
    assert (denied["Effect"], denied["Principal"]) == ("Deny", {"AWS": "*"})
    assert denied["Action"] == "s3:*"
    assert denied["Resource"] == [arn, f"{arn}/*"]
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


@pytest.mark.parametrize("loki", ["loki-chunks", "loki-ruler"])
def test_lokis_buckets_have_the_buckets_key(
    storage: Stack, loki: str, synthesized: dict[str, Stack]
) -> None:
    [rule] = of_bucket(storage, "aws_s3_bucket_server_side_encryption_configuration", loki)["rule"]
    default = rule["apply_server_side_encryption_by_default"]
    assert default["sse_algorithm"] == "aws:kms"
    assert source(synthesized, default["kms_master_key_id"]) == "${aws_kms_key.buckets.arn}"
    assert rule["bucket_key_enabled"] is True


def test_access_logs_have_s3s_own_key_for_load_balancers_take_no_other(storage: Stack) -> None:
    kind = "aws_s3_bucket_server_side_encryption_configuration"
    [rule] = of_bucket(storage, kind, "access-logs")["rule"]
    assert rule["apply_server_side_encryption_by_default"] == {"sse_algorithm": "AES256"}


def test_chunks_outlive_the_thirty_days_that_loki_keeps_them(storage: Stack) -> None:
    [rule] = of_bucket(storage, "aws_s3_bucket_lifecycle_configuration", "loki-chunks")["rule"]
    [expiration] = rule["expiration"]
    assert rule["status"] == "Enabled"
    assert expiration["days"] > 30


def test_rules_of_loki_do_not_expire(storage: Stack) -> None:
    [rule] = of_bucket(storage, "aws_s3_bucket_lifecycle_configuration", "loki-ruler")["rule"]
    assert "expiration" not in rule


def test_abandoned_uploads_are_cleared_away(storage: Stack, bucket: str) -> None:
    [rule] = of_bucket(storage, "aws_s3_bucket_lifecycle_configuration", bucket)["rule"]
    assert rule["abort_incomplete_multipart_upload"] == [{"days_after_initiation": 7}]


def test_only_this_accounts_load_balancers_write_access_logs(
    environment: Environment, storage: Stack
) -> None:
    granted = statements(of_bucket(storage, "aws_s3_bucket_policy", "access-logs")["policy"])
    assert set(granted) == {"TlsOnly", "LoadBalancers"}
    write, account_id = granted["LoadBalancers"], environment.account.id
    assert write["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert many(write["Action"]) == ["s3:PutObject"]
    assert write["Resource"].endswith(f"/AWSLogs/{account_id}/*")
    assert write["Condition"] == {"StringEquals": {"aws:SourceAccount": account_id}}


def test_secrets_stand_under_their_namespaces_prefix(
    environment: Environment, storage: Stack
) -> None:
    names = {secret["name"] for secret in resources(storage, "aws_secretsmanager_secret").values()}
    own = f"tribe/{environment.name}"
    assert {name.rpartition("/")[0] for name in names} == {f"{own}/argocd", f"{own}/monitoring"}
    assert f"{own}/argocd/repository" in names


def test_a_deleted_secret_can_be_restored_for_as_long_as_the_settings_say(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    days = {
        f"{name} {address}": secret["recovery_window_in_days"]
        for name, stack in synthesized.items()
        if name.startswith(f"{environment.name}-")
        for address, secret in resources(stack, "aws_secretsmanager_secret").items()
    }
    assert days
    assert set(days.values()) == {environment.secret_recovery_days}, days


def test_no_secrets_value_is_ever_in_a_state(synthesized: dict[str, Stack]) -> None:
    for name, stack in synthesized.items():
        assert resources(stack, "aws_secretsmanager_secret_version") == {}, name
        assert "aws_secretsmanager_secret_version" not in stack.get("data", {}), name
