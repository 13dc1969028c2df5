"""Who gets in: roles and their limits, the cluster, those whose tokens are believed."""

from collections.abc import Iterator

from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around
from review.stacks.values import many

# AWS's own policies that no limit is worth anything beside:
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
LIMITLESS = ("AdministratorAccess", "IAMFullAccess", "PowerUserAccess")

# https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
ADMINISTRATORS = ("AmazonEKSAdminPolicy", "AmazonEKSClusterAdminPolicy")


def new_attachment(change: Change, around: Around) -> Iterator[Alarm]:
    """A role gets another managed policy."""
    if change.kind != "aws_iam_role_policy_attachment":
        return
    policy = str(change.new("policy_arn"))
    if change.action == "added" and not around.made_for_something_new(change, "role"):
        yield Alarm(f"gives a role that is there already the policy {policy}")
    elif change.action == "added" and policy.rpartition("/")[2] in LIMITLESS:
        yield Alarm(f"gives a role the policy {policy}")
    elif change.stays and change.old("policy_arn") != change.new("policy_arn"):
        yield Alarm(f"gives a role another policy: {change.old('policy_arn')} → {policy}")


def boundary_removed(change: Change, around: Around) -> Iterator[Alarm]:
    """A role may do all that its policies say."""
    old, new = change.old("permissions_boundary"), change.new("permissions_boundary")
    if change.stays and old and not new:
        yield Alarm(f"loses its permissions boundary {old}")
    elif change.stays and old and old != new:
        yield Alarm(f"gets another permissions boundary: {old} → {new}")


def cluster_access(change: Change, around: Around) -> Iterator[Alarm]:
    """Someone gets into the cluster, or further."""
    if change.kind == "aws_eks_access_entry":
        who = change.new("principal_arn")
        more = set(many(change.new("kubernetes_groups"))) - set(
            many(change.old("kubernetes_groups"))
        )
        if change.action == "added" and not around.made_for_something_new(change, "cluster_name"):
            groups = f", in the groups {', '.join(sorted(map(str, more)))}" if more else ""
            yield Alarm(f"lets {who} into the cluster{groups}")
        elif change.stays and more:
            yield Alarm(f"puts {who} into more groups: {', '.join(sorted(map(str, more)))}")
    if change.kind == "aws_eks_access_policy_association":
        old, new = (
            str(each).rpartition("/")[2]
            for each in (change.old("policy_arn"), change.new("policy_arn"))
        )
        who = change.new("principal_arn")
        is_new = change.action == "added" and not around.made_for_something_new(
            change, "cluster_name"
        )
        if new in ADMINISTRATORS and (is_new or (change.stays and old != new)):
            yield Alarm(f"makes {who} an administrator of the cluster by {new}")
        elif is_new:
            yield Alarm(f"gives {who} {new} in the cluster")
        scopes = (change.old("access_scope", "type"), change.new("access_scope", "type"))
        if scopes == ("namespace", "cluster"):
            yield Alarm(f"lets {who} reach the whole cluster, not single namespaces")


def new_trust(change: Change, around: Around) -> Iterator[Alarm]:
    """Another issuer's tokens, or another client's, are believed."""
    if change.kind != "aws_iam_openid_connect_provider" or around.is_new:
        return
    more = set(many(change.new("client_id_list"))) - set(many(change.old("client_id_list")))
    if change.action == "added":
        yield Alarm(f"makes AWS believe the tokens of {change.new('url')}")
    elif change.stays and more:
        yield Alarm(f"believes tokens for more clients: {', '.join(sorted(map(str, more)))}")


def sign_in(change: Change, around: Around) -> Iterator[Alarm]:
    """People are sent to another place with their sign-in."""
    if change.kind == "aws_cognito_user_pool_client" and change.stays:
        more = set(many(change.new("callback_urls"))) - set(many(change.old("callback_urls")))
        if more:
            yield Alarm(f"sends people who sign in to {', '.join(sorted(map(str, more)))} too")


RULES = (new_attachment, boundary_removed, cluster_access, new_trust, sign_in)
