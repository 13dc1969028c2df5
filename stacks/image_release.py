"""GitHub's way into the registry: for each service a role that pushes its image, and no other."""

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy

from stacks.github import trust
from stacks.naming import ORGANISATION, boundary_arn, name
from stacks.policy import Statement, document
from stacks.services import Service
from stacks.settings import Account
from stacks.stack import AccountStack

# Of the service's own repository: the environment that it lets no branch but its main one reach.
ENVIRONMENT = "release"


def push_roles(
    stack: AccountStack, *, account: Account, services: Sequence[Service], provider: str
) -> None:
    """Roles `tribe-push-<service>`, each for the repository that builds the service.

    provider: the ARN of the account's OIDC provider for GitHub.
    """
    for service in services:
        if service.built_by is None:
            continue
        id_ = f"push-{service.name}"
        role = IamRole(
            stack,
            id_,
            name=name("push", service.name),
            description=f"GitHub Actions: push images of {service.name}",
            assume_role_policy=trust(
                provider, [f"repo:{service.built_by}:environment:{ENVIRONMENT}"]
            ),
            permissions_boundary=boundary_arn(account.id),
            max_session_duration=3600,  # seconds
        )
        IamRolePolicy(
            stack,
            f"{id_}-policy",
            role=role.name,
            policy=document(push(account, service)),
        )


def push(account: Account, service: Service) -> list[Statement]:
    """What pushing and signing an image asks for. Nothing is deleted: tags are immutable.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
    """
    images = f"arn:aws:ecr:{account.region}:{account.id}:repository/{ORGANISATION}/{service.name}"
    return [
        Statement(
            sid="Login",
            actions=["ecr:GetAuthorizationToken"],
            resources=["*"],
            why="AWS has no resource for this action",
        ),
        Statement(
            sid="Push",
            actions=[
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:CompleteLayerUpload",
                "ecr:GetDownloadUrlForLayer",
                "ecr:InitiateLayerUpload",
                "ecr:PutImage",
                "ecr:UploadLayerPart",
            ],
            resources=[images],
        ),
    ]
