"""Who gets in, and by which role."""

from tests.review.stacks.tiny import CLUSTER, VPC
from tests.review.stacks.told.case import Told, comes, one

ATTACHED = "aws_iam_role_policy_attachment.a"
ASSOCIATION = "aws_eks_access_policy_association.a"
IN_CLUSTER = {"cluster_name": "${aws_eks_cluster.cluster.name}", "principal_arn": "arn:role"}

ACCESS = (
    Told(
        "a new role may do everything by a policy of AWS's own",
        {},
        {
            "aws_iam_role.new": {"name": "new", "permissions_boundary": "arn:boundary"},
            ATTACHED: {
                "role": "${aws_iam_role.new.name}",
                "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess",
            },
        },
        ("gives a role the policy arn:aws:iam::aws:policy/AdministratorAccess",),
    ),
    Told(
        "a new role that may only read is no danger",
        {},
        {
            "aws_iam_role.new": {"name": "new", "permissions_boundary": "arn:boundary"},
            ATTACHED: {
                "role": "${aws_iam_role.new.name}",
                "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
            },
        },
        (),
    ),
    one(
        "a role's boundary becomes another",
        "aws_iam_role.app", {"permissions_boundary": "arn:a"}, {"permissions_boundary": "arn:b"},
        "gets another permissions boundary: arn:a → arn:b",
    ),
    one(
        "someone in the cluster gets into more groups",
        "aws_eks_access_entry.a",
        {**IN_CLUSTER, "kubernetes_groups": ["readers"]},
        {**IN_CLUSTER, "kubernetes_groups": ["readers", "owners"]},
        "puts arn:role into more groups: owners",
    ),
    one(
        "someone in the cluster gets into fewer groups",
        "aws_eks_access_entry.a",
        {**IN_CLUSTER, "kubernetes_groups": ["readers", "owners"]},
        {**IN_CLUSTER, "kubernetes_groups": ["readers"]},
    ),
    comes(
        "someone may edit in a cluster that is there",
        CLUSTER, ASSOCIATION,
        {**IN_CLUSTER, "policy_arn": "x/AmazonEKSEditPolicy", "access_scope": {"type": "cluster"}},
        "gives arn:role AmazonEKSEditPolicy in the cluster",
    ),
    Told(
        "a new cluster comes with those who look after it",
        VPC,
        {
            **VPC,
            "aws_eks_cluster.cluster": {
                "name": "tribe", "vpc_config": {"endpoint_public_access": False}},
            "aws_eks_access_entry.a": IN_CLUSTER,
            ASSOCIATION: {**IN_CLUSTER, "policy_arn": "x/AmazonEKSViewPolicy"},
        },
        (),
    ),
    comes(
        "a new issuer's tokens are believed",
        VPC, "aws_iam_openid_connect_provider.new", {"url": "https://token.example.com"},
        "makes AWS believe the tokens of https://token.example.com",
    ),
    one(
        "an issuer gets another thumbprint",
        "aws_iam_openid_connect_provider.a",
        {"url": "https://token.example.com", "thumbprint_list": ["a"]},
        {"url": "https://token.example.com", "thumbprint_list": ["b"]},
    ),
    one(
        "people who sign in go to fewer places",
        "aws_cognito_user_pool_client.a",
        {"callback_urls": ["https://a.example.com", "https://b.example.com"]},
        {"callback_urls": ["https://a.example.com"]},
    ),
)  # fmt: skip
