"""Asks IAM on behalf of a role, in the words of the tests."""

from collections.abc import Callable

from gates.documents import Document
from gates.evaluation import Request, allowed
from gates.roles import Role
from stacks.naming import CLUSTER_TAG, SCOPE_TAG, secret_prefix
from stacks.settings import Environment

May = Callable[..., bool]
"""May this be done? The action and its resource, then the request's context by keyword: condition
keys with `__` for the colon, and tags by the short names below."""

SHORT = {
    "tagged": f"aws:ResourceTag/{SCOPE_TAG}",
    "asked": f"aws:RequestTag/{SCOPE_TAG}",
    "cluster": f"aws:ResourceTag/{CLUSTER_TAG}",
    "asked_cluster": f"aws:RequestTag/{CLUSTER_TAG}",
}


def account_stack(environment: Environment) -> str:
    return f"account-{environment.account.name}"


def boundary_of(environment: Environment, policies: list[Document]) -> Document:
    """The ceiling of the roles in the environment's account."""
    place = (account_stack(environment), "aws_iam_policy.boundary")
    (ceiling,) = [each for each in policies if (each.stack, each.address) == place]
    return ceiling


def role_of(environment: Environment, name: str, every_role: list[Role]) -> Role:
    """A role of the environment, or a deployer of its account, by its name in Terraform."""
    (found,) = [
        each
        for each in every_role
        if each.stack.startswith((account_stack(environment), f"{environment.name}-"))
        and each.address == f"aws_iam_role.{name}"
    ]
    return found


def request(action: str, resource: str = "*", **context: str) -> Request:
    keys = {SHORT.get(key, key.replace("__", ":")): value for key, value in context.items()}
    return Request(action=action, resource=resource, context=keys)


def ask(policies: tuple[Document, ...], *, boundary: Document | None) -> May:
    """What these policies allow under this boundary."""
    return lambda *what, **context: allowed(
        request(*what, **context), policies=policies, boundary=boundary
    )


def a_secret(environment: Environment, namespace: str) -> str:
    """The ARN of a secret of a namespace."""
    place = f"{environment.region}:{environment.account.id}"
    prefix = secret_prefix(environment.name, namespace)
    return f"arn:aws:secretsmanager:{place}:secret:{prefix}any-AbCdEf"
