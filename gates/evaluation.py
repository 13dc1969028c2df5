"""IAM's own decision, for one request: what a test asks where a policy's words are not enough.

Identity policies and a permissions boundary, as in
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from gates.documents import Document, Statement, many


@dataclass(frozen=True, kw_only=True)
class Request:
    """What someone asks of AWS. context: condition keys and their values, as AWS fills them in."""

    action: str
    resource: str = "*"
    context: Mapping[str, str] = field(default_factory=dict)


class UnknownOperatorError(ValueError):
    """A condition operator that this evaluation does not know."""


def allowed(
    request: Request, *, policies: Iterable[Document], boundary: Document | None = None
) -> bool:
    """Whether IAM lets a role with these policies, under this boundary, do what it asks."""
    policies = list(policies)
    ceilings = [] if boundary is None else [boundary]
    if any(_says("Deny", each, request) for each in (*policies, *ceilings)):
        return False
    return any(_says("Allow", each, request) for each in policies) and all(
        _says("Allow", each, request) for each in ceilings
    )


def _says(effect: str, document: Document, request: Request) -> bool:
    return any(
        statement.effect == effect and _fits(statement, request)
        for statement in document.statements
    )


def _fits(statement: Statement, request: Request) -> bool:
    return (
        any(_like(request.action.lower(), each.lower()) for each in statement.actions)
        and any(_like(request.resource, each) for each in statement.resources)
        and all(
            _holds(operator, request.context.get(key), [str(each) for each in many(wanted)])
            for operator, keys in statement.source.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _holds(operator: str, value: str | None, wanted: list[str]) -> bool:
    if operator == "Null":
        return wanted == [str(value is None).lower()]
    plain = operator.removesuffix("IfExists")
    if value is None:
        # A key that is absent equals nothing, and so differs from everything.
        return plain != operator or plain in ("StringNotEquals", "StringNotLike", "ArnNotLike")
    match plain:
        case "StringEquals" | "Bool":
            return value in wanted
        case "StringNotEquals":
            return value not in wanted
        case "StringLike" | "ArnLike" | "ArnEquals":
            return any(_like(value, each) for each in wanted)
        case "StringNotLike" | "ArnNotLike":
            return not any(_like(value, each) for each in wanted)
    raise UnknownOperatorError(f"{operator}: teach gates/evaluation.py what it means.")


def _like(text: str, pattern: str) -> bool:
    # IAM knows * and ?, and no brackets.
    return fnmatchcase(text, pattern.replace("[", "[[]"))
