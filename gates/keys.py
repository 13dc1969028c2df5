"""Keys whose policy nobody could change again: what they encrypted would be lost with them."""

from collections.abc import Iterable

from gates.documents import Document

ROOT = ":root"


def locked_keys(documents: Iterable[Document], *, accounts: Iterable[str]) -> list[str]:
    """Keys that do not leave their account's root everything.

    A key without it is governed by its policy alone: who is not named there can never be added, not
    even by an administrator (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
    accounts: the ids of the platform's own.
    """
    roots = {f"arn:aws:iam::{account}{ROOT}" for account in accounts}
    return [
        f"{document.stack} {document.address} does not leave its account's root kms:*. "
        "Make it with stacks.encryption.key."
        for document in documents
        if document.address.startswith("aws_kms_key.")
        and not any(
            statement.effect == "Allow"
            and "kms:*" in statement.actions
            and roots & set(statement.principals)
            and not statement.conditions
            for statement in document.statements
        )
    ]
