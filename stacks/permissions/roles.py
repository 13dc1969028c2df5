"""What a deployer may do with IAM: make roles, and none stronger than the boundary."""

from stacks.naming import boundary_arn, name
from stacks.policy import Statement
from stacks.settings import Environment

# https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html
SERVICES_WITH_ROLES = ("eks.amazonaws.com", "eks-nodegroup.amazonaws.com")


def change_roles(environment: Environment) -> list[Statement]:
    """The environment's roles, and only with the boundary, so that none can be stronger than it."""
    account_id, own = environment.account.id, name(environment.name)
    roles = [f"arn:aws:iam::{account_id}:role/{own}-*"]
    own_deployers = [f"arn:aws:iam::{account_id}:role/{own}-{verb}" for verb in ("plan", "apply")]
    return [
        Statement(
            sid="MakeRoles",
            actions=[
                "iam:AttachRolePolicy",
                "iam:CreateRole",
                "iam:DeleteRolePolicy",
                "iam:DetachRolePolicy",
                "iam:PutRolePermissionsBoundary",
                "iam:PutRolePolicy",
            ],
            resources=roles,
            conditions={"StringEquals": {"iam:PermissionsBoundary": boundary_arn(account_id)}},
        ),
        Statement(
            sid="KeepRoles",
            actions=[
                "iam:DeleteRole",
                "iam:PassRole",
                "iam:TagRole",
                "iam:UntagRole",
                "iam:UpdateAssumeRolePolicy",
                "iam:UpdateRole",
                "iam:UpdateRoleDescription",
            ],
            resources=roles,
        ),
        # EKS asks for these when an account's first cluster is made; AWS fixes what they may.
        Statement(
            sid="ServiceLinkedRoles",
            actions=["iam:CreateServiceLinkedRole"],
            resources=[f"arn:aws:iam::{account_id}:role/aws-service-role/*"],
            conditions={"StringEquals": {"iam:AWSServiceName": SERVICES_WITH_ROLES}},
        ),
        Statement(
            sid="ClusterIssuer",
            actions=[
                "iam:CreateOpenIDConnectProvider",
                "iam:DeleteOpenIDConnectProvider",
                "iam:TagOpenIDConnectProvider",
                "iam:UntagOpenIDConnectProvider",
            ],
            resources=[
                f"arn:aws:iam::{account_id}:oidc-provider/oidc.eks.{environment.region}.amazonaws.com/*"
            ],
        ),
        Statement(
            sid="NotItself",
            effect="Deny",
            actions=["iam:*"],
            resources=[*own_deployers, boundary_arn(account_id)],
        ),
    ]
