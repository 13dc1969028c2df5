"""What Loki may do: keep its logs in its own buckets."""

from collections.abc import Sequence

from stacks.pod_identity import Workload
from stacks.policy import Statement


def loki(bucket_arns: Sequence[str], *, buckets_key: str) -> Workload:
    """https://grafana.com/docs/loki/latest/configure/storage/#aws-deployment-s3-single-store"""
    return Workload(
        name="loki",
        namespace="monitoring",
        service_account="loki",
        statements=[
            Statement(sid="ListOwnBuckets", actions=["s3:ListBucket"], resources=bucket_arns),
            Statement(
                sid="KeepLogs",
                actions=["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                resources=[f"{arn}/*" for arn in bucket_arns],
            ),
            Statement(
                sid="EncryptThem",
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[buckets_key],
            ),
        ],
    )
