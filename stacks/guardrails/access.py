"""Who may what: policies that reach further than anyone meant."""

import json
from collections.abc import Iterator
from typing import Any

from stacks.guardrails.resources import Resources, Violation, blocks
from stacks.naming import name

# Type, and the argument that holds a policy as JSON text.
IDENTITY_POLICIES = {"aws_iam_policy": "policy", "aws_iam_role_policy": "policy"}
RESOURCE_POLICIES = {
    "aws_ecr_repository_policy": "policy",
    "aws_iam_role": "assume_role_policy",
    "aws_kms_key": "policy",
    "aws_s3_bucket_policy": "policy",
    "aws_secretsmanager_secret": "policy",
    "aws_secretsmanager_secret_policy": "policy",
    "aws_sqs_queue": "policy",
}
# Policies of AWS's own that no role of ours bears.
LIMITLESS = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")
# GitHub's provider: its roles are the deployers. A cluster's own provider makes roles of pods.
GITHUB = "token.actions.githubusercontent.com:sub"


def bounded_policies(resources: Resources) -> Iterator[Violation]:
    """No identity may do everything, but for the boundary, which grants nothing."""
    for kind, argument in IDENTITY_POLICIES.items():
        for address, arguments in resources.of(kind):
            if arguments.get("name") == name("boundary"):
                continue
            statements = _allowed(arguments.get(argument))
            if statements is None:
                yield _unreadable(address)
            for statement in statements or []:
                if {"*", "*:*"} & {*_texts(statement.get("Action"))} or "NotAction" in statement:
                    yield Violation(address, "allows every action", "Name the actions.")
    for address, arguments in resources.of("aws_iam_role_policy_attachment"):
        if str(arguments.get("policy_arn")).rpartition("/")[2] in LIMITLESS:
            yield Violation(address, "allows every action", "Name the actions.")


def known_principals(resources: Resources) -> Iterator[Violation]:
    """No key, bucket, queue, secret, image or role is everyone's."""
    for kind, argument in RESOURCE_POLICIES.items():
        for address, arguments in resources.of(kind):
            statements = _allowed(arguments.get(argument))
            if statements is None:
                yield _unreadable(address)
            for statement in statements or []:
                principal = statement.get("Principal", {})
                who = principal.values() if isinstance(principal, dict) else [principal]
                if any("*" in _texts(each) for each in who):
                    mend = "Name the accounts, roles or services."
                    yield Violation(address, "allows everyone", mend)


def bounded_roles(resources: Resources) -> Iterator[Violation]:
    """Roles bear the boundary, but for the deployers, which stand outside of it."""
    for address, arguments in resources.of("aws_iam_role"):
        trusted = str(arguments.get("assume_role_policy"))
        if not arguments.get("permissions_boundary") and GITHUB not in trusted:
            yield Violation(address, "has no permissions boundary", "Give it naming.boundary_arn.")


def named_access(resources: Resources) -> Iterator[Violation]:
    """Clusters know only access entries: no hidden administrator, no config map."""
    for address, arguments in resources.of("aws_eks_cluster"):
        for config in blocks(arguments.get("access_config")) or [{}]:
            if config.get("authentication_mode") != "API":
                yield Violation(
                    address, "does not authenticate by API", 'Write authentication_mode="API".'
                )
            if config.get("bootstrap_cluster_creator_admin_permissions", True):
                mend = "Write bootstrap_cluster_creator_admin_permissions=False."
                yield Violation(address, "makes its creator an administrator", mend)


def audited_clusters(resources: Resources) -> Iterator[Violation]:
    """All five control-plane logs are on."""
    wanted = {"api", "audit", "authenticator", "controllerManager", "scheduler"}
    for address, arguments in resources.of("aws_eks_cluster"):
        off = wanted - set(arguments.get("enabled_cluster_log_types") or [])
        if off:
            yield Violation(
                address, f"does not log {', '.join(sorted(off))}", "Enable all five logs."
            )


def _unreadable(address: str) -> Violation:
    problem = "has a policy that no guardrail can read before it is applied"
    return Violation(address, problem, "Make it with stacks.policy.document.")


def _allowed(policy: Any) -> list[dict[str, Any]] | None:
    """The Allow statements of a policy in JSON text; None where the text is a token and no JSON."""
    if not policy:
        return []
    try:
        document = json.loads(policy)
    except ValueError:
        return None
    return [each for each in blocks(document.get("Statement")) if each.get("Effect") == "Allow"]


def _texts(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


RULES = (bounded_policies, known_principals, bounded_roles, named_access, audited_clusters)
