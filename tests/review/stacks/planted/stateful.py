"""What cannot be made again goes."""

from tests.review.stacks.planted.case import Planted, changed, removed
from tests.review.stacks.tiny import VPC

STATEFUL = [
    removed(
        "a key is removed from the code",
        {}, "aws_kms_key.logs", {"description": "Logs"}, "stateful-goes",
    ),
    changed(
        "a subnet moves to another zone",
        "aws_subnet.a", {"availability_zone": "eu-central-1a"},
        {"availability_zone": "eu-central-1b"}, "stateful-goes",
    ),
    changed(
        "a bucket gets another name",
        "aws_s3_bucket.logs", {"bucket": "logs"}, {"bucket": "all-logs"}, "stateful-goes",
    ),
    changed(
        "a cluster's encryption is taken out, which makes a new cluster",
        "aws_eks_cluster.cluster",
        {"encryption_config": {"resources": ["secrets"], "provider": {"key_arn": "arn:key"}}}, {},
        "stateful-goes", "key-removed", "secrets-in-the-clear",
    ),
    Planted(
        "a user pool is renamed in Python",
        {"aws_cognito_user_pool.pool": {"name": "people"}},
        {"aws_cognito_user_pool.people": {"name": "people"}},
        ("stateful-goes",),
    ),
    removed(
        "what prevent_destroy kept is removed",
        {}, "aws_backup_vault.vault", {"name": "v", "lifecycle": {"prevent_destroy": True}},
        "stateful-goes",
    ),
    Planted(
        "a VPC's new range takes its subnets along",
        {**VPC, "aws_subnet.a": {"vpc_id": "${aws_vpc.vpc.id}"}},
        {
            "aws_vpc.vpc": {"cidr_block": "10.1.0.0/16"},
            "aws_subnet.a": {"vpc_id": "${aws_vpc.vpc.id}"},
        },
        ("stateful-goes", "stateful-goes"),
    ),
]  # fmt: skip
