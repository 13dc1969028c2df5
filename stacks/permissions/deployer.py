"""What the pipelines may do: see everything of their environment, change what bears its name."""

from stacks.naming import ORGANISATION, boundary_arn, name
from stacks.policy import Statement
from stacks.settings import Account, Environment

NAMES_UNKNOWN = "ids are AWS's to choose, so only the region and the service can be named"


def read(environment: Environment) -> list[Statement]:
    """What `terraform plan` asks for: settings of resources, never what is stored in them."""
    return [
        Statement(
            sid="See",
            actions=[
                "acm:Describe*",
                "acm:List*",
                "autoscaling:Describe*",
                "cognito-idp:Describe*",
                "cognito-idp:Get*",
                "cognito-idp:List*",
                "ec2:Describe*",
                "ec2:GetSecurityGroupsForVpc",
                "eks:Describe*",
                "eks:List*",
                "elasticloadbalancing:Describe*",
                "iam:Get*",
                "iam:List*",
                "kms:Describe*",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:List*",
                "logs:Describe*",
                "logs:List*",
                "route53:Get*",
                "route53:List*",
                "s3:GetAccelerateConfiguration",
                "s3:GetBucket*",
                "s3:GetEncryptionConfiguration",
                "s3:GetLifecycleConfiguration",
                "s3:GetReplicationConfiguration",
                "s3:ListAllMyBuckets",
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetResourcePolicy",
                "secretsmanager:ListSecrets",
                "sqs:GetQueue*",
                "sqs:List*",
                "wafv2:Get*",
                "wafv2:List*",
            ],
            resources=["*"],
            why="a plan reads every kind of resource; none of these returns a secret or an object",
        )
    ]


def change(environment: Environment) -> list[Statement]:
    """What `terraform apply` does, inside the environment's names where AWS lets them be named."""
    region, account_id = environment.region, environment.account.id
    own = name(environment.name)
    here = {"StringEquals": {"aws:RequestedRegion": region}}
    prefix = f"{region}:{account_id}"
    return [
        Statement(
            sid="Network",
            actions=["ec2:*", "autoscaling:*Tags", "elasticloadbalancing:DeleteLoadBalancer"],
            resources=["*"],
            conditions=here,
            why=NAMES_UNKNOWN,
        ),
        Statement(
            sid="Cluster",
            actions=["eks:*"],
            resources=[
                f"arn:aws:eks:{prefix}:{kind}/{own}{rest}"
                for kind, rest in (
                    ("cluster", ""),
                    ("nodegroup", "/*"),
                    ("addon", "/*"),
                    ("access-entry", "/*"),
                    ("podidentityassociation", "/*"),
                    ("identityproviderconfig", "/*"),
                )
            ],
            why="Terraform makes, changes and deletes every kind of thing in this one cluster",
        ),
        Statement(
            sid="Keys",
            actions=["kms:CreateKey", "kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
            resources=["*"],
            conditions=here,
            why="a key has no name before it is made, and an alias needs rights on both its ends",
        ),
        Statement(
            sid="OwnKeys",
            actions=[
                "kms:CreateGrant",
                "kms:EnableKeyRotation",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UntagResource",
                "kms:UpdateKeyDescription",
            ],
            resources=[f"arn:aws:kms:{prefix}:key/*"],
            conditions={"StringEquals": {"aws:ResourceTag/tribe:scope": environment.name}},
        ),
        Statement(
            sid="Named",
            actions=["logs:*", "s3:*", "secretsmanager:*", "sqs:*"],
            resources=[
                f"arn:aws:logs:{prefix}:log-group:/aws/eks/{own}/*",
                f"arn:aws:logs:{prefix}:log-group:/aws/vpc/{own}*",
                f"arn:aws:logs:{prefix}:log-group:aws-waf-logs-{own}*",
                f"arn:aws:s3:::{own}-*",
                f"arn:aws:secretsmanager:{prefix}:secret:{ORGANISATION}/{environment.name}/*",
                f"arn:aws:sqs:{prefix}:{own}-*",
            ],
            why="Terraform makes and deletes these, and all bear the environment's name",
        ),
        Statement(
            sid="Edge",
            actions=["acm:*", "cognito-idp:*", "wafv2:*"],
            resources=["*"],
            conditions=here,
            why=NAMES_UNKNOWN,
        ),
        Statement(
            sid="FirewallLogs",
            actions=["logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:PutResourcePolicy"],
            resources=["*"],
            conditions=here,
            why="AWS has no resource for log deliveries",
        ),
        Statement(
            sid="Zone",
            actions=["route53:*"],
            resources=["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
            why="a zone has no name before it is made, only an id",
        ),
        *_roles(environment),
    ]


def _roles(environment: Environment) -> list[Statement]:
    """Roles only with the boundary, so that none can be stronger than it."""
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
            actions=[
                f"iam:{verb}*"
                for verb in (
                    "Attach",
                    "Create",
                    "Delete",
                    "Detach",
                    "Put",
                    "Tag",
                    "Untag",
                    "Update",
                )
            ],
            resources=[*own_deployers, boundary_arn(account_id)],
        ),
    ]


def read_state(
    account: Account, environment: Environment, *, state_key: str | None
) -> list[Statement]:
    """The environment's own states. A plan takes no lock, so that it needs no right to write."""
    if account.state_bucket is None:
        return []
    return [
        Statement(
            sid="FindState",
            actions=["s3:ListBucket"],
            resources=[f"arn:aws:s3:::{account.state_bucket}"],
        ),
        Statement(
            sid="ReadState",
            actions=["s3:GetObject"],
            resources=[f"arn:aws:s3:::{account.state_bucket}/{ORGANISATION}/{environment.name}-*"],
        ),
        Statement(sid="DecryptState", actions=["kms:Decrypt"], resources=[str(state_key)]),
    ]


def write_state(
    account: Account, environment: Environment, *, state_key: str | None
) -> list[Statement]:
    """Writing a state, and the lock file beside it, which must also be deleted."""
    if account.state_bucket is None:
        return []
    states = f"arn:aws:s3:::{account.state_bucket}/{ORGANISATION}/{environment.name}-*"
    return [
        Statement(sid="WriteState", actions=["s3:PutObject"], resources=[states]),
        Statement(sid="Unlock", actions=["s3:DeleteObject"], resources=[f"{states}.tflock"]),
        Statement(sid="EncryptState", actions=["kms:GenerateDataKey"], resources=[str(state_key)]),
    ]
