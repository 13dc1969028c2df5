"""Buckets that answer without TLS."""

from collections.abc import Iterable

from gates.documents import Document, Statement
from gates.synthesis import Stacks, resources


def spoken_to_in_clear(stacks: Stacks, documents: Iterable[Document]) -> list[str]:
    """Buckets without a policy that denies everyone who comes without TLS."""
    denying = {
        (document.stack, document.address)
        for document in documents
        if any(map(_denies, document.statements))
    }
    safe = {
        (stack, arguments["bucket"].split(".")[1])
        for stack, address, arguments in resources(stacks, "aws_s3_bucket_policy")
        if (stack, address) in denying
    }
    return [
        f"{stack} {address} may be spoken to without TLS. Make it with stacks.bucket.bucket."
        for stack, address, _ in resources(stacks, "aws_s3_bucket")
        if (stack, address.partition(".")[2]) not in safe
    ]


def _denies(statement: Statement) -> bool:
    return (
        statement.effect == "Deny"
        and "*" in statement.principals
        and "s3:*" in statement.actions
        and statement.source.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}
    )
