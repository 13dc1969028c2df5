"""S3 buckets as this house makes them: private, encrypted, TLS only, with an end."""

from dataclasses import dataclass

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import S3BucketOwnershipControls
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA

from stacks.policy import Statement, document
from stacks.stack import AccountStack
from stacks.waivers import waive

ABANDONED_UPLOAD_DAYS = 7


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a bucket holds, and for how long.

    key_arn: the KMS key; None for S3's own, where a writing service takes no other.
    expire_days: days after which an object goes; None keeps it.
    versioned: True keeps what was overwritten or deleted, for old_version_days days.
    writers: statements by which AWS services write here.
    """

    key_arn: str | None
    expire_days: int | None
    versioned: bool = False
    old_version_days: int = 90
    writers: tuple[Statement, ...] = ()


def bucket(
    stack: AccountStack,
    id_: str,
    *,
    name: str,
    contents: Contents,
    lifecycle: TerraformResourceLifecycle | None,
) -> S3Bucket:
    """A bucket and all that guards it. lifecycle: says whether Terraform may destroy it."""
    made = S3Bucket(stack, id_, bucket=name, lifecycle=lifecycle)
    ref = made.id
    S3BucketPublicAccessBlock(
        stack,
        f"{id_}-public-access",
        bucket=ref,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    S3BucketOwnershipControls(
        stack, f"{id_}-ownership", bucket=ref, rule={"object_ownership": "BucketOwnerEnforced"}
    )
    algorithm = (
        {"sse_algorithm": "aws:kms", "kms_master_key_id": contents.key_arn}
        if contents.key_arn
        else {"sse_algorithm": "AES256"}
    )
    S3BucketServerSideEncryptionConfigurationA(
        stack,
        f"{id_}-encryption",
        bucket=ref,
        rule=[
            S3BucketServerSideEncryptionConfigurationRuleA(
                apply_server_side_encryption_by_default=algorithm, bucket_key_enabled=True
            )
        ],
    )
    if contents.versioned:
        S3BucketVersioningA(
            stack, f"{id_}-versioning", bucket=ref, versioning_configuration={"status": "Enabled"}
        )
    else:
        why = "Its objects are written once and then expire: a version would keep what has to go."
        waive(made, "CKV_AWS_21", why=why)
    if not contents.key_arn:
        waive(made, "CKV_AWS_145", why="The service that writes here takes no key but S3's own.")
    S3BucketLifecycleConfiguration(stack, f"{id_}-lifecycle", bucket=ref, rule=[_rule(contents)])
    S3BucketPolicy(
        stack,
        f"{id_}-policy",
        bucket=ref,
        policy=document([_tls_only(name), *contents.writers]),
    )
    return made


def _rule(contents: Contents) -> S3BucketLifecycleConfigurationRule:
    expiration = [S3BucketLifecycleConfigurationRuleExpiration(days=contents.expire_days)]
    old_versions = S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(
        noncurrent_days=contents.old_version_days
    )
    return S3BucketLifecycleConfigurationRule(
        id="end",
        status="Enabled",
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        abort_incomplete_multipart_upload=[
            S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(
                days_after_initiation=ABANDONED_UPLOAD_DAYS
            )
        ],
        expiration=expiration if contents.expire_days else None,
        noncurrent_version_expiration=[old_versions] if contents.versioned else None,
    )


def _tls_only(name: str) -> Statement:
    return Statement(
        sid="TlsOnly",
        effect="Deny",
        actions=["s3:*"],
        resources=[f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"],
        principals={"AWS": "*"},
        conditions={"Bool": {"aws:SecureTransport": "false"}},
    )
