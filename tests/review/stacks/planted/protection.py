"""Something is protected less."""

from tests.review.stacks.planted.case import changed, removed
from tests.review.stacks.tiny import VPC

PROTECTION = [
    changed(
        "a cluster's deletion protection is off",
        "aws_eks_cluster.cluster", {"name": "tribe", "deletion_protection": True},
        {"name": "tribe", "deletion_protection": False}, "guard-off",
    ),
    changed(
        "prevent_destroy is taken off",
        "aws_kms_key.logs", {"lifecycle": {"prevent_destroy": True}}, {"lifecycle": {}},
        "guard-off",
    ),
    changed(
        "IMDSv2 becomes optional",
        "aws_launch_template.nodes", {"metadata_options": {"http_tokens": "required"}},
        {"metadata_options": {"http_tokens": "optional"}}, "guard-off",
    ),
    changed(
        "a bucket may be destroyed with all that is in it",
        "aws_s3_bucket.logs", {"bucket": "logs"}, {"bucket": "logs", "force_destroy": True},
        "risk-on",
    ),
    changed(
        "logs are kept for less time",
        "aws_cloudwatch_log_group.flow", {"retention_in_days": 90}, {"retention_in_days": 30},
        "shorter",
    ),
    changed(
        "logs that were kept for ever are not",
        "aws_cloudwatch_log_group.flow", {"name": "flow"}, {"name": "flow", "retention_in_days": 7},
        "shorter",
    ),
    changed(
        "a key can be taken back for less time",
        "aws_kms_key.logs", {"deletion_window_in_days": 30}, {"deletion_window_in_days": 7},
        "shorter",
    ),
    changed(
        "pods can reach the metadata service",
        "aws_launch_template.nodes", {"metadata_options": {"http_put_response_hop_limit": 1}},
        {"metadata_options": {"http_put_response_hop_limit": 2}}, "shorter",
    ),
    changed(
        "a bucket no longer keeps versions",
        "aws_s3_bucket_versioning.logs", {"versioning_configuration": {"status": "Enabled"}},
        {"versioning_configuration": {"status": "Suspended"}}, "versioning-off",
    ),
    changed(
        "objects are deleted sooner",
        "aws_s3_bucket_lifecycle_configuration.logs",
        {"rule": [{"id": "all", "expiration": {"days": 90}}]},
        {"rule": [{"id": "all", "expiration": {"days": 30}}]}, "expires-sooner",
    ),
    changed(
        "a cluster no longer writes its audit log",
        "aws_eks_cluster.cluster", {"enabled_cluster_log_types": ["api", "audit"]},
        {"enabled_cluster_log_types": ["api"]}, "fewer-logs",
    ),
    removed(
        "the network's traffic is no longer logged",
        VPC, "aws_flow_log.flow", {"vpc_id": "${aws_vpc.vpc.id}"}, "guardian-gone",
    ),
]  # fmt: skip
