"""EKS Pod Identity: which role the pods of one service account bear."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.eks_pod_identity_association import EksPodIdentityAssociation
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment

from stacks.naming import boundary_arn
from stacks.policy import Statement, document
from stacks.settings import Environment
from stacks.stack import EnvironmentStack


@dataclass(frozen=True, kw_only=True)
class Workload:
    """Something in the cluster that calls AWS: whose pods it is, and what it may.

    namespace, service_account: as the GitOps side renders them; nothing else gets the role.
    managed_policies: ARNs of policies that AWS keeps for its own add-ons.
    """

    name: str
    namespace: str
    service_account: str
    statements: Sequence[Statement] = ()
    managed_policies: Sequence[str] = ()


def bind(
    stack: EnvironmentStack, workload: Workload, *, cluster_name: str
) -> EksPodIdentityAssociation:
    """Give `workload` a role in the cluster, named `tribe-<environment>-<workload>`."""
    environment = stack.environment
    role = IamRole(
        stack,
        f"{workload.name}-role",
        name=stack.named(workload.name),
        description=f"Pods of {workload.namespace}/{workload.service_account}",
        assume_role_policy=pod_trust(environment),
        permissions_boundary=boundary_arn(environment.account.id),
    )
    role_name = role.id
    permissions: list[ITerraformDependable] = [
        IamRolePolicyAttachment(
            stack, f"{workload.name}-{arn.rpartition('/')[2]}", role=role_name, policy_arn=arn
        )
        for arn in workload.managed_policies
    ]
    if workload.statements:
        permissions.append(
            IamRolePolicy(
                stack,
                f"{workload.name}-policy",
                name=workload.name,
                role=role_name,
                policy=document(workload.statements),
            )
        )
    return EksPodIdentityAssociation(
        stack,
        f"{workload.name}-association",
        cluster_name=cluster_name,
        namespace=workload.namespace,
        service_account=workload.service_account,
        role_arn=role.arn,
        depends_on=permissions,  # a pod that is given a role can use it at once, to its last minute
    )


def pod_trust(environment: Environment) -> str:
    """Trust in the Pod Identity agent of this environment's cluster, and no other's.

    https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
    """
    region, account_id = environment.region, environment.account.id
    cluster = f"arn:aws:eks:{region}:{account_id}:cluster/{environment.cluster_name}"
    return document(
        [
            Statement(
                sid="PodIdentity",
                actions=["sts:AssumeRole", "sts:TagSession"],
                principals={"Service": "pods.eks.amazonaws.com"},
                conditions={
                    "StringEquals": {"aws:SourceAccount": account_id},
                    "ArnEquals": {"aws:SourceArn": cluster},
                },
            )
        ]
    )
