"""Policies that allow more than before."""

from collections.abc import Iterator

from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around
from review.stacks.policy import Wider, grants, limited, policies, wider

# The argument by which a policy's resource names whom or what it is for.
FOR = {
    "aws_iam_role_policy": "role",
    "aws_iam_user_policy": "user",
    "aws_iam_group_policy": "group",
    "aws_ecr_repository_policy": "repository",
    "aws_s3_bucket_policy": "bucket",
    "aws_secretsmanager_secret_policy": "secret_arn",
    "aws_sns_topic_policy": "arn",
    "aws_sqs_queue_policy": "queue_url",
}

# What denies by being there, for a thing that others may reach.
GUARDING = (
    "aws_ecr_repository_policy",
    "aws_s3_bucket_policy",
    "aws_secretsmanager_secret_policy",
    "aws_sns_topic_policy",
    "aws_sqs_queue_policy",
)

# Arguments that hold a policy, where nothing can be said of one that is known only later.
POLICIES = ("policy", "assume_role_policy", "inline_policy", "access_policy")

WORDS = {
    "action": "new action",
    "principal": "new principal",
    "resource": "new resource",
    "limit": "condition dropped or loosened",
    "deny": "no longer denied",
}
MOST = 6


def wider_policy(change: Change, around: Around) -> Iterator[Alarm]:
    """A policy that is there already allows more, or denies less."""
    if not change.stays:
        return
    old, new = dict(policies(change.before)), dict(policies(change.after))
    for path in dict.fromkeys([*old, *new]):
        if path not in new and path.partition(".")[0] in (change.after or {}):
            continue  # known only later: the next rule says so
        if path not in old and path.partition(".")[0] in (change.before or {}):
            continue
        # Without a policy, an endpoint lets everything through.
        if change.kind == "aws_vpc_endpoint" and path not in new:
            yield Alarm("loses its policy, and lets everything through")
        elif more := wider(old.get(path), new.get(path)):
            trust = "trusts" if path == "assume_role_policy" else "allows"
            yield Alarm(f"{trust} more than before in {path}: {_told(more)}")


def unreadable_policy(change: Change, around: Around) -> Iterator[Alarm]:
    """A policy changes, and what it allowed or will allow is known only to Terraform."""
    for argument in change.arguments if change.stays else ():
        if argument.path in POLICIES:
            for words, value in (("had", argument.before), ("gets", argument.after)):
                if isinstance(value, str):
                    yield Alarm(f"{words} a {argument.path} that cannot be read here: {value}")


def new_policy(change: Change, around: Around) -> Iterator[Alarm]:
    """A policy comes, for something that is there already."""
    if change.action != "added":
        return
    owner = FOR.get(change.kind)
    if owner:
        if around.made_for_something_new(change, owner):
            return
        for path, policy in policies(change.after):
            if more := wider(None, policy):
                yield Alarm(f"allows what was not allowed before in {path}: {_told(more)}")


def wildcard(change: Change, around: Around) -> Iterator[Alarm]:
    """What is new may do everything, or may be done by everyone."""
    if change.action != "added":
        return
    # A key's own policy names nothing but the key, and a boundary grants nothing.
    bounded = change.kind == "aws_kms_key" or str(change.new("name")).endswith("-boundary")
    for path, policy in policies(change.after):
        for grant in grants(policy):
            if limited(grant):
                continue
            service, _, action = grant.action.partition(":")
            if "*" in (service, action) and not bounded:
                yield Alarm(f"allows {grant.action} on {grant.resource or 'itself'} in {path}")
            if grant.principal.endswith(":*"):
                yield Alarm(f"allows everyone {grant.action} in {path}")


def denial_removed(change: Change, around: Around) -> Iterator[Alarm]:
    """What a policy denied goes with it, while what it guarded stays."""
    if change.kind not in GUARDING or change.action != "removed":
        return
    if around.outlived(change, FOR[change.kind]):
        for path, policy in policies(change.before):
            for more in wider(policy, None):
                yield Alarm(f"goes, and with it what its {path} denied: {more.value}")


def _told(more: list[Wider]) -> str:
    by_what: dict[str, list[str]] = {}
    for each in more:
        by_what.setdefault(WORDS[each.what], []).append(each.value)
    return "; ".join(f"{words}: {_listed(values)}" for words, values in by_what.items())


def _listed(values: list[str]) -> str:
    more = f" and {len(values) - MOST} more" if len(values) > MOST else ""
    return f"{', '.join(values[:MOST])}{more}"


RULES = (wider_policy, unreadable_policy, new_policy, wildcard, denial_removed)
