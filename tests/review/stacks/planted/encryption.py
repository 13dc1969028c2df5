"""Something is encrypted less."""

from tests.review.stacks.planted.case import changed, removed
from tests.review.stacks.tiny import BUCKET

OF_BUCKET = {"bucket": "${aws_s3_bucket.logs.id}"}

ENCRYPTION = [
    changed(
        "a log group loses its key",
        "aws_cloudwatch_log_group.flow", {"name": "flow", "kms_key_id": "arn:key"},
        {"name": "flow"}, "key-removed",
    ),
    changed(
        "a bucket falls back to AES256",
        "aws_s3_bucket_server_side_encryption_configuration.logs",
        {"rule": [{"apply_server_side_encryption_by_default": {"sse_algorithm": "aws:kms"}}]},
        {"rule": [{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}]},
        "weaker-algorithm",
    ),
    changed(
        "a queue is no longer encrypted",
        "aws_sqs_queue.orders", {"name": "orders", "sqs_managed_sse_enabled": True},
        {"name": "orders", "sqs_managed_sse_enabled": False}, "encryption-off",
    ),
    changed(
        "nodes' disks are no longer encrypted",
        "aws_launch_template.nodes",
        {"block_device_mappings": [{"ebs": {"encrypted": "true"}}]},
        {"block_device_mappings": [{"ebs": {"encrypted": "false"}}]}, "encryption-off",
    ),
    removed(
        "a bucket's encryption goes",
        BUCKET, "aws_s3_bucket_server_side_encryption_configuration.logs", OF_BUCKET,
        "bucket-encryption-removed",
    ),
    changed(
        "a key no longer rotates",
        "aws_kms_key.logs", {"enable_key_rotation": True}, {}, "slower-rotation",
    ),
    changed(
        "a load balancer accepts an older TLS",
        "aws_lb_listener.https", {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06"},
        {"ssl_policy": "ELBSecurityPolicy-TLS-1-1-2017-01"}, "lower-tls",
    ),
]  # fmt: skip
