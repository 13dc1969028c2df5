"""Things stored in the clear, or under a key that is not ours."""

from stacks.guardrails import encryption
from tests.stacks.broken.case import Case

KEY = "${aws_kms_key.logs.arn}"
DISK = {"volume_type": "gp3", "encrypted": "true", "kms_key_id": KEY}
BUCKET = {"aws_s3_bucket": {"logs": {"bucket": "tribe-logs"}, "other": {"bucket": "tribe-other"}}}
ENCRYPTED = "aws_s3_bucket_server_side_encryption_configuration"


def template(**disk: object) -> dict[str, dict[str, object]]:
    """A launch template with one disk."""
    return {"aws_launch_template": {"nodes": {"block_device_mappings": [{"ebs": disk}]}}}


def repository(**arguments: object) -> dict[str, dict[str, object]]:
    """An image repository that is well made but for `arguments`."""
    good = {
        "image_tag_mutability": "IMMUTABLE",
        "encryption_configuration": [{"encryption_type": "KMS", "kms_key": KEY}],
    }
    return {"aws_ecr_repository": {"api": {**good, **arguments}}}


CASES = (
    *(
        Case(
            rule=encryption.keyed,
            claim=f"{kind} without a customer key",
            address=f"{kind}.some",
            mend="key of the encryption stack",
            broken={kind: {"some": {"name": "some"}}},
            mended={kind: {"some": {"name": "some", "kms_key_id": KEY}}},
        )
        for kind in ("aws_cloudwatch_log_group", "aws_ebs_volume", "aws_secretsmanager_secret")
    ),
    Case(
        rule=encryption.encrypted_buckets,
        claim="a bucket that does not say how it encrypts, beside one that does",
        address="aws_s3_bucket.other",
        mend="stacks.bucket.bucket",
        broken={**BUCKET, ENCRYPTED: {"logs": {"bucket": "${aws_s3_bucket.logs.id}"}}},
        mended={
            **BUCKET,
            ENCRYPTED: {
                name: {"bucket": f"${{aws_s3_bucket.{name}.id}}"} for name in ("logs", "other")
            },
        },
    ),
    Case(
        rule=encryption.encrypted_disks,
        claim="a node's disk in the clear",
        address="aws_launch_template.nodes",
        mend='encrypted="true"',
        broken=template(volume_type="gp3", kms_key_id=KEY),
        mended=template(**DISK),
    ),
    Case(
        rule=encryption.encrypted_disks,
        claim="a node's disk under Amazon's key",
        address="aws_launch_template.nodes",
        mend="the volumes key",
        broken=template(volume_type="gp3", encrypted="true"),
        mended=template(**{**DISK, "encrypted": True}),
    ),
    Case(
        rule=encryption.encrypted_disks,
        claim="nodes that take their disk from the image, in the clear",
        address="aws_launch_template.nodes",
        mend="the volumes key",
        broken={"aws_launch_template": {"nodes": {"name": "nodes"}}},
        mended=template(**DISK),
    ),
    Case(
        rule=encryption.encrypted_secrets,
        claim="a cluster that keeps secrets in the clear",
        address="aws_eks_cluster.cluster",
        mend="encryption_config",
        broken={"aws_eks_cluster": {"cluster": {"name": "tribe-dev"}}},
        mended={
            "aws_eks_cluster": {
                "cluster": {
                    "encryption_config": {"resources": ["secrets"], "provider": {"key_arn": KEY}}
                }
            }
        },
    ),
    Case(
        rule=encryption.encrypted_queues,
        claim="a queue in the clear",
        address="aws_sqs_queue.orders",
        mend="sqs_managed_sse_enabled=True",
        broken={"aws_sqs_queue": {"orders": {"sqs_managed_sse_enabled": False}}},
        mended={"aws_sqs_queue": {"orders": {"sqs_managed_sse_enabled": True}}},
    ),
    Case(
        rule=encryption.encrypted_queues,
        claim="a queue that says nothing of encryption",
        address="aws_sqs_queue.orders",
        mend="sqs_managed_sse_enabled=True",
        broken={"aws_sqs_queue": {"orders": {"name": "orders"}}},
        mended={"aws_sqs_queue": {"orders": {"kms_master_key_id": KEY}}},
    ),
    Case(
        rule=encryption.encrypted_images,
        claim="images under Amazon's key",
        address="aws_ecr_repository.api",
        mend="the images key",
        broken=repository(encryption_configuration=[{"encryption_type": "AES256"}]),
        mended=repository(),
    ),
    Case(
        rule=encryption.encrypted_images,
        claim="a tag that may mean another image tomorrow",
        address="aws_ecr_repository.api",
        mend='image_tag_mutability="IMMUTABLE"',
        broken=repository(image_tag_mutability="MUTABLE"),
        mended=repository(),
    ),
    Case(
        rule=encryption.rotating_keys,
        claim="a key that does not rotate",
        address="aws_kms_key.logs",
        mend="enable_key_rotation=True",
        broken={"aws_kms_key": {"logs": {"description": "Logs"}}},
        mended={"aws_kms_key": {"logs": {"enable_key_rotation": True}}},
    ),
)
