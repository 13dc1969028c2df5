"""GitHub Actions' way in: for each environment a role to plan and one to apply."""

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment

from stacks.argocd import NAMESPACE
from stacks.naming import name
from stacks.permissions.access import change_access
from stacks.permissions.deployer import change
from stacks.permissions.gitops import hand_over_secrets
from stacks.permissions.planner import read
from stacks.permissions.roles import change_roles
from stacks.permissions.state import read_state, write_state
from stacks.permissions.tunnel import through_tunnel
from stacks.policy import Statement, document
from stacks.settings import Account, Environment
from stacks.stack import AccountStack

ISSUER = "token.actions.githubusercontent.com"


def github_provider(stack: AccountStack) -> str:
    """The account's one provider for GitHub. Returns its ARN."""
    return IamOpenidConnectProvider(
        stack, "github", url=f"https://{ISSUER}", client_id_list=["sts.amazonaws.com"]
    ).arn


def github_roles(
    stack: AccountStack,
    *,
    account: Account,
    environments: Sequence[Environment],
    state_key: str | None,
    provider: str,
) -> None:
    """Roles `tribe-<environment>-plan` and `-apply`. provider: as `github_provider` returns it."""
    for environment in environments:
        deployer = environment.deployer
        reading = [*read(environment), *read_state(account, environment, state_key=state_key)]
        changing = [*change(environment), *write_state(account, environment, state_key=state_key)]
        access = [*change_roles(environment), *change_access(environment)]
        gitops = [
            *through_tunnel(environment),
            *hand_over_secrets(environment, namespace=NAMESPACE),
        ]
        _role(stack, environment, "plan", provider, deployer.plan, {"read": reading})
        _role(
            stack,
            environment,
            "apply",
            provider,
            (deployer.apply,),
            {"read": reading, "change": changing, "access": access, "gitops": gitops},
        )


def _role(
    stack: AccountStack,
    environment: Environment,
    verb: str,
    provider: str,
    subjects: Sequence[str],
    policies: dict[str, list[Statement]],
) -> None:
    id_ = f"{environment.name}-{verb}"
    role = IamRole(
        stack,
        id_,
        name=name(environment.name, verb),
        description=f"GitHub Actions: {verb} {environment.name}",
        assume_role_policy=trust(provider, subjects),
        max_session_duration=7200,  # seconds: a cluster takes a quarter of an hour, a teardown two
    )
    for noun, statements in policies.items():
        # Managed and not inline: an inline policy may have 10,240 letters in all, these 6,144 each.
        policy = IamPolicy(
            stack,
            f"{id_}-{noun}-policy",
            name=name(environment.name, verb, noun),
            policy=document(statements),
        )
        IamRolePolicyAttachment(stack, f"{id_}-{noun}", role=role.name, policy_arn=policy.arn)


def trust(provider: str, subjects: Sequence[str]) -> str:
    """Who may take a role: GitHub's tokens for these subjects."""
    return document(
        [
            Statement(
                sid="GitHubActions",
                actions=["sts:AssumeRoleWithWebIdentity"],
                principals={"Federated": provider},
                conditions={
                    "StringEquals": {
                        f"{ISSUER}:aud": "sts.amazonaws.com",
                        f"{ISSUER}:sub": subjects,
                    }
                },
            )
        ]
    )
