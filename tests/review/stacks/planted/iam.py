"""Someone may more."""

from typing import Any

from tests.review.stacks.planted.case import added, changed, removed
from tests.review.stacks.tiny import BUCKET, CLUSTER, ROLE, allow, deny, policy, trust


def tagged(*values: str) -> dict[str, Any]:
    return {"StringEquals": {"aws:ResourceTag/team": list(values)}}


INLINE = "aws_iam_role_policy.app"
ON_ROLE = {"role": "${aws_iam_role.app.name}"}
OF_BUCKET = {"bucket": "${aws_s3_bucket.logs.id}"}
GITHUB = {"url": "https://token.example.com", "client_id_list": ["sts.amazonaws.com"]}

IAM = [
    changed(
        "a role may do one thing more",
        INLINE, {"policy": policy(allow("sqs:ReceiveMessage"))},
        {"policy": policy(allow("sqs:ReceiveMessage", "sqs:DeleteMessage"))}, "wider-policy",
    ),
    changed(
        "an action becomes a wildcard",
        INLINE, {"policy": policy(allow("sqs:ReceiveMessage"))},
        {"policy": policy(allow("sqs:*"))}, "wider-policy",
    ),
    changed(
        "a policy reaches all resources",
        INLINE, {"policy": policy(allow("sqs:ReceiveMessage"))},
        {"policy": policy(allow("sqs:ReceiveMessage", resource="*"))}, "wider-policy",
    ),
    changed(
        "a condition is dropped",
        INLINE,
        {"policy": policy(allow("kms:Decrypt", Condition=tagged("a")))},
        {"policy": policy(allow("kms:Decrypt"))}, "wider-policy",
    ),
    changed(
        "a condition takes one value more",
        INLINE,
        {"policy": policy(allow("kms:Decrypt", Condition=tagged("a")))},
        {"policy": policy(allow("kms:Decrypt", Condition=tagged("a", "b")))},
        "wider-policy",
    ),
    changed(
        "a role trusts another account",
        "aws_iam_role.app", {"assume_role_policy": trust({"Service": "ec2.amazonaws.com"})},
        {"assume_role_policy": trust({"Service": "ec2.amazonaws.com", "AWS": "123456789012"})},
        "wider-policy",
    ),
    changed(
        "a denial is taken out of a bucket's policy",
        "aws_s3_bucket_policy.logs",
        {"policy": policy(allow("s3:GetObject"), deny("s3:*", Principal="*"))},
        {"policy": policy(allow("s3:GetObject"))}, "wider-policy",
    ),
    changed(
        "an endpoint loses its policy",
        "aws_vpc_endpoint.s3", {"policy": policy(allow("s3:GetObject"))}, {}, "wider-policy",
    ),
    changed(
        "a policy becomes one that is known only later",
        INLINE, {"policy": policy(allow("s3:GetObject"))}, {"policy": "${var.policy}"},
        "unreadable-policy",
    ),
    changed(
        "a policy that was known only to Terraform becomes one that can be read",
        INLINE, {"policy": "${var.policy}"}, {"policy": policy(allow("s3:GetObject"))},
        "unreadable-policy",
    ),
    added(
        "a role that is there gets another inline policy",
        ROLE, "aws_iam_role_policy.more", {**ON_ROLE, "policy": policy(allow("s3:GetObject"))},
        "new-policy",
    ),
    added(
        "a new role may do everything with queues",
        {"aws_iam_role.other": {"name": "other"}}, "aws_iam_policy.new",
        {"name": "new", "policy": policy(allow("sqs:*"))}, "wildcard",
    ),
    added(
        "a new bucket's policy lets everyone read",
        {"aws_iam_role.other": {"name": "other"}}, "aws_s3_bucket.open",
        {"bucket": "open", "policy": policy(allow("s3:GetObject", Principal="*"))}, "wildcard",
    ),
    removed(
        "a bucket's policy that denied plain HTTP goes",
        BUCKET, "aws_s3_bucket_policy.logs",
        {**OF_BUCKET, "policy": policy(deny("s3:*", Principal="*"))}, "denial-removed",
    ),
    added(
        "a role that is there gets a managed policy",
        ROLE, "aws_iam_role_policy_attachment.more",
        {**ON_ROLE, "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, "new-attachment",
    ),
    changed(
        "a role loses its boundary",
        "aws_iam_role.app", {"name": "app", "permissions_boundary": "arn:boundary"},
        {"name": "app"}, "boundary-removed",
    ),
    added(
        "someone new gets into the cluster",
        CLUSTER, "aws_eks_access_entry.new",
        {"cluster_name": "${aws_eks_cluster.cluster.name}", "principal_arn": "arn:role"},
        "cluster-access",
    ),
    changed(
        "someone's administration reaches from a namespace to the cluster",
        "aws_eks_access_policy_association.a",
        {"policy_arn": "x/AmazonEKSEditPolicy", "access_scope": {"type": "namespace"}},
        {"policy_arn": "x/AmazonEKSClusterAdminPolicy", "access_scope": {"type": "cluster"}},
        "cluster-access", "cluster-access",
    ),
    changed(
        "another client's tokens are believed",
        "aws_iam_openid_connect_provider.github", GITHUB,
        {**GITHUB, "client_id_list": ["sts.amazonaws.com", "other"]}, "new-trust",
    ),
    changed(
        "people who sign in are sent to another host",
        "aws_cognito_user_pool_client.grafana", {"callback_urls": ["https://a.example.com"]},
        {"callback_urls": ["https://a.example.com", "https://evil.example.com"]}, "sign-in",
    ),
]  # fmt: skip
