"""Who may take a role or use a resource: nobody from elsewhere, and no one by a loose condition."""

import re
from collections.abc import Collection, Iterable, Iterator

from gates.documents import Document, Statement

ACCOUNT = re.compile(r"(?:arn:aws:(?:iam|sts)::)?(\d{12})(?::.*)?")
STAND_IN = "000000000000"
WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity"
# These take a role for a machine or a cluster of the role's own account alone, and send no source
# (https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).
WITHOUT_SOURCE = frozenset({"ec2.amazonaws.com", "eks.amazonaws.com"})
SOURCES = frozenset({"aws:SourceAccount", "aws:SourceArn"})


def foreign_principals(documents: Iterable[Document], *, accounts: Collection[str]) -> list[str]:
    """Statements that allow something to an account that is not the platform's.

    accounts: the ids of the platform's own, twelve digits each.
    """
    return [
        f"{statement.place} allows account {found[1]}, which is not the platform's. Take it away, "
        "or name the account in stacks/environments/accounts.py."
        for document in documents
        for statement in document.statements
        if statement.effect == "Allow"
        for principal in statement.principals
        if (found := ACCOUNT.fullmatch(principal)) and found[1] not in {*accounts, STAND_IN}
    ]


def loose_trusts(documents: Iterable[Document]) -> list[str]:
    """Ways into a role that are wider than they look."""
    return [
        f"{statement.place} {fault}"
        for document in documents
        if document.kind == "trust"
        for statement in document.statements
        if statement.effect == "Allow"
        for fault in (*_token(statement), *_service(statement), *_whole_account(statement))
    ]


def vacuous_conditions(documents: Iterable[Document]) -> list[str]:
    """Conditions of an Allow that hold where the request does not carry the key at all.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    """
    return [
        f"{statement.place} has {operator} {key}, which also holds without that key. "
        "Write ForAnyValue, or name the key in a Null condition beside it."
        for document in documents
        for statement in document.statements
        if statement.effect == "Allow"
        for operator, key in statement.conditions
        if operator.startswith("ForAllValues:") and ("Null", key) not in statement.conditions
    ]


def _token(statement: Statement) -> Iterator[str]:
    """Whoever brings another issuer's token is held to its audience and its subject, exactly."""
    if WEB_IDENTITY not in statement.actions:
        return
    exact = statement.source.get("Condition", {}).get("StringEquals", {})
    for claim in ("aud", "sub"):
        if not any(key.endswith(f":{claim}") for key in exact):
            yield (
                f"takes a token without looking at its {claim}. Write StringEquals on "
                f"<issuer>:{claim}."
            )


def _service(statement: Statement) -> Iterator[str]:
    """A service acts for whoever asks it, unless the source is held to something."""
    if SOURCES & {key for _, key in statement.conditions}:
        return
    for principal in statement.principals:
        if principal.endswith(".amazonaws.com") and principal not in WITHOUT_SOURCE:
            yield f"trusts {principal} for any account. Write a condition on aws:SourceAccount."


def _whole_account(statement: Statement) -> Iterator[str]:
    for principal in statement.principals:
        if principal.endswith(":root") or principal.isdigit():
            yield f"trusts all of {principal}. Name the role."
