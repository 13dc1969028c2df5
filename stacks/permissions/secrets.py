"""What reads Secrets Manager: a controller that may only change roles, and a role per namespace."""

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy

from stacks.naming import boundary_arn, role_arn, secret_prefix, secret_reader_role
from stacks.pod_identity import Workload
from stacks.policy import Statement, document
from stacks.settings import Environment
from stacks.stack import EnvironmentStack

# The namespaces that hold secrets; each has a secret store and a reader of its own.
SECRET_NAMESPACES = (
    "argocd",
    "tribe-system",
    "api-services",
    "frontend-services",
    "ai-services",
    "monitoring",
)


def external_secrets(environment: Environment) -> Workload:
    """The controller reads nothing by itself: a store's `role` says as whom it reads."""
    readers = [
        role_arn(environment.account.id, secret_reader_role(environment.name, namespace))
        for namespace in SECRET_NAMESPACES
    ]
    return Workload(
        name="external-secrets",
        namespace="tribe-system",
        service_account="external-secrets",
        statements=[
            Statement(
                sid="BecomeReaders", actions=["sts:AssumeRole", "sts:TagSession"], resources=readers
            )
        ],
    )


def reader(
    stack: EnvironmentStack, namespace: str, *, controller_role_arn: str, secrets_key: str
) -> None:
    """The role by which one namespace's store reads `tribe/<environment>/<namespace>/*`.

    controller_role_arn: the role of External Secrets, the only one that may take this.
    """
    environment = stack.environment
    account_id, region = environment.account.id, environment.region
    prefix = secret_prefix(environment.name, namespace)
    role = IamRole(
        stack,
        f"secrets-{namespace}",
        name=secret_reader_role(environment.name, namespace),
        description=f"Reads {prefix}* for the secret store of {namespace}",
        assume_role_policy=document(
            [
                Statement(
                    sid="ExternalSecrets",
                    # Pod Identity's tags come along when one role takes another.
                    actions=["sts:AssumeRole", "sts:TagSession"],
                    principals={"AWS": controller_role_arn},
                )
            ]
        ),
        permissions_boundary=boundary_arn(account_id),
    )
    IamRolePolicy(
        stack,
        f"secrets-{namespace}-policy",
        name="read",
        role=role.id,
        policy=document(
            [
                Statement(
                    sid="ReadOwnPrefix",
                    actions=["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                    resources=[f"arn:aws:secretsmanager:{region}:{account_id}:secret:{prefix}*"],
                ),
                Statement(
                    sid="DecryptThem",
                    actions=["kms:Decrypt"],
                    resources=[secrets_key],
                    conditions={
                        "StringEquals": {"kms:ViaService": f"secretsmanager.{region}.amazonaws.com"}
                    },
                ),
            ]
        ),
    )
