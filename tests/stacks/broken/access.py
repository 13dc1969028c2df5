"""Policies, roles and clusters that let in more than anyone meant."""

from stacks.guardrails import access
from tests.stacks.broken.case import Case, Kinds, policy

ROOT = "arn:aws:iam::222222222222:root"
BOUNDARY = "arn:aws:iam::222222222222:policy/tribe-boundary"
GITHUB = {
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Principal": {"Federated": "${aws_iam_openid_connect_provider.github.arn}"},
    "Condition": {
        "StringEquals": {"token.actions.githubusercontent.com:sub": "repo:o/r:environment:dev"}
    },
}
IRSA = {
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Principal": {"Federated": "${aws_iam_openid_connect_provider.oidc-provider.arn}"},
}
LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
CLOSED = {
    "authentication_mode": "API",
    "bootstrap_cluster_creator_admin_permissions": False,
}


def identity(kind: str, text: str, name: str = "tribe-dev-loki") -> Kinds:
    """A policy of an identity."""
    return {kind: {"loki": {"name": name, "policy": text}}}


def role(**arguments: object) -> Kinds:
    """A role that a service takes, but for `arguments`."""
    trust = policy(Action="sts:AssumeRole", Principal={"Service": "pods.eks.amazonaws.com"})
    return {"aws_iam_role": {"loki": {"assume_role_policy": trust, **arguments}}}


def cluster(**arguments: object) -> Kinds:
    """A cluster that is well made but for `arguments`."""
    good = {"access_config": CLOSED, "enabled_cluster_log_types": LOGS}
    return {"aws_eks_cluster": {"cluster": {**good, **arguments}}}


ALL = policy(Action="*", Resource="*")
READ = policy(Action=["s3:GetObject"], Resource="arn:aws:s3:::tribe-logs/*")

IDENTITIES = tuple(
    Case(
        rule=access.bounded_policies,
        claim=f"{kind} with {claim}",
        address=f"{kind}.loki",
        mend="Name the actions",
        broken=identity(kind, broken),
        mended=identity(kind, READ),
    )
    for kind in ("aws_iam_policy", "aws_iam_role_policy")
    for claim, broken in (
        ("every action", ALL),
        ("every action of every service", policy(Action=["*:*"], Resource="*")),
        ("every action among others", policy(Action=["s3:GetObject", "*"], Resource="*")),
        ("every action but some", policy(NotAction="iam:*", Resource="*")),
    )
)

PRINCIPALS = tuple(
    Case(
        rule=access.known_principals,
        claim=f"{kind} whose {argument} allows {claim}",
        address=f"{kind}.some",
        mend="Name the accounts, roles or services",
        broken={kind: {"some": {argument: policy(Action="x:Get", Principal=everyone)}}},
        mended={kind: {"some": {argument: policy(Action="x:Get", Principal={"AWS": [ROOT]})}}},
    )
    for kind, argument in access.RESOURCE_POLICIES.items()
    for claim, everyone in (
        ("everyone", "*"),
        ("every account", {"AWS": "*"}),
        ("every account among others", {"AWS": [ROOT, "*"]}),
    )
)

CASES = (
    *IDENTITIES,
    Case(
        rule=access.bounded_policies,
        claim="a policy that nobody can read before it is applied",
        address="aws_iam_role_policy.loki",
        mend="stacks.policy.document",
        broken=identity("aws_iam_role_policy", "${data.aws_iam_policy_document.all.json}"),
        mended=identity("aws_iam_role_policy", READ),
    ),
    *(
        Case(
            rule=access.bounded_policies,
            claim=f"a role with AWS's own {name}",
            address="aws_iam_role_policy_attachment.loki",
            mend="Name the actions",
            broken={
                "aws_iam_role_policy_attachment": {
                    "loki": {"policy_arn": f"arn:aws:iam::aws:policy/{name}"}
                }
            },
            mended={
                "aws_iam_role_policy_attachment": {
                    "loki": {"policy_arn": "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"}
                }
            },
        )
        for name in ("AdministratorAccess", "PowerUserAccess", "IAMFullAccess")
    ),
    *PRINCIPALS,
    Case(
        rule=access.known_principals,
        claim="a bucket whose policy nobody can read before it is applied",
        address="aws_s3_bucket_policy.some",
        mend="stacks.policy.document",
        broken={
            "aws_s3_bucket_policy": {"some": {"policy": "${data.aws_iam_policy_document.all.json}"}}
        },
        mended={
            "aws_s3_bucket_policy": {
                "some": {"policy": policy(Action="x:Get", Principal={"AWS": ROOT})}
            }
        },
    ),
    Case(
        rule=access.bounded_roles,
        claim="a role without a boundary",
        address="aws_iam_role.loki",
        mend="naming.boundary_arn",
        broken=role(),
        mended=role(permissions_boundary=BOUNDARY),
    ),
    Case(
        rule=access.bounded_roles,
        claim="a role of a pod, by IRSA, without a boundary",
        address="aws_iam_role.loki",
        mend="naming.boundary_arn",
        broken=role(assume_role_policy=policy(**IRSA)),
        mended=role(assume_role_policy=policy(**GITHUB)),
    ),
    *(
        Case(
            rule=access.named_access,
            claim=f"a cluster that {claim}",
            address="aws_eks_cluster.cluster",
            mend=mend,
            broken=cluster(access_config={**CLOSED, **change}),
            mended=cluster(),
        )
        for claim, mend, change in (
            (
                "reads a config map",
                'authentication_mode="API"',
                {"authentication_mode": "CONFIG_MAP"},
            ),
            (
                "reads both",
                'authentication_mode="API"',
                {"authentication_mode": "API_AND_CONFIG_MAP"},
            ),
            (
                "makes its creator an administrator",
                "bootstrap_cluster_creator_admin_permissions=False",
                {"bootstrap_cluster_creator_admin_permissions": True},
            ),
        )
    ),
    Case(
        rule=access.audited_clusters,
        claim="a cluster without its audit log",
        address="aws_eks_cluster.cluster",
        mend="Enable all five logs",
        broken=cluster(enabled_cluster_log_types=[log for log in LOGS if log != "audit"]),
        mended=cluster(),
    ),
)
