"""What is encrypted, and how."""

from typing import Any

from tests.review.stacks.tiny import BUCKET
from tests.review.stacks.told.case import Told, one

OF_BUCKET = {"bucket": "${aws_s3_bucket.logs.id}"}


def rule(identifier: str, **arguments: Any) -> dict[str, Any]:
    return {"rule": [{"id": identifier, **arguments}]}


ENCRYPTION = (
    one(
        "a bucket's own algorithm becomes the stronger one",
        "aws_s3_bucket_server_side_encryption_configuration.logs",
        rule("a", apply_server_side_encryption_by_default={"sse_algorithm": "aws:kms"}),
        rule("a", apply_server_side_encryption_by_default={"sse_algorithm": "aws:kms:dsse"}),
    ),
    one(
        "a queue takes its own key for AWS's",
        "aws_sqs_queue.orders", {"sqs_managed_sse_enabled": True},
        {"sqs_managed_sse_enabled": False, "kms_master_key_id": "arn:key"},
    ),
    one(
        "a key rotates less often",
        "aws_kms_key.logs", {"enable_key_rotation": True, "rotation_period_in_days": 90},
        {"enable_key_rotation": True, "rotation_period_in_days": 180},
        "rotates every 180 days, not every 90",
    ),
    one(
        "a key rotates less often than nobody said",
        "aws_kms_key.logs", {"enable_key_rotation": True},
        {"enable_key_rotation": True, "rotation_period_in_days": 400},
        "rotates every 400 days, not every 365",
    ),
    one(
        "nobody knows which TLS policy is the stricter",
        "aws_lb_listener.https", {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06"},
        {"ssl_policy": "ELBSecurityPolicy-2016-08"},
        "has another TLS policy, and which is stricter is not known: ssl_policy",
    ),
    one(
        "a listener takes newer TLS alone",
        "aws_lb_listener.https", {"ssl_policy": "ELBSecurityPolicy-TLS-1-1-2017-01"},
        {"ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06"},
    ),
    Told(
        "a bucket goes with its encryption, and all the stack with it",
        {"aws_s3_bucket_server_side_encryption_configuration.logs": OF_BUCKET},
        {},
        (),
    ),
    Told(
        "one encryption of a bucket stands in another's place",
        {**BUCKET, "aws_s3_bucket_server_side_encryption_configuration.a": {
            **OF_BUCKET, **rule("a")}},
        {**BUCKET, "aws_s3_bucket_server_side_encryption_configuration.b": {
            **OF_BUCKET, **rule("b")}},
        (),
    ),
)  # fmt: skip
