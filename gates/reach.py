"""How far policies reach: cloudsplaining's findings, and wildcards, each against its reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cloudsplaining.scan.policy_document import PolicyDocument

from gates.documents import Document, Statement
from gates.reasons import Reasons, fingerprint
from gates.roles import Role
from stacks.policy import LANGUAGE_VERSION

# cloudsplaining's findings about one statement, by its property's name.
FINDINGS = {
    "credentials_exposure": "can learn credentials",
    "allows_data_exfiltration_actions": "can read data anywhere",
    "infrastructure_modification": "can change anything",
    "permissions_management_without_constraints": "can open anything to others",
    "service_wildcard": "may do all that a service can",
    "tagging_actions_without_constraints": "can tag anything",
    "write_actions_without_constraints": "can write anywhere",
}


def unexplained_findings(roles: Iterable[Role], *, reasons: Reasons) -> list[str]:
    """cloudsplaining's findings about statements that give no reason; empty where there is none."""
    return [
        f"{statement.place} {FINDINGS[finding]}: {', '.join(what[:3])}. "
        "Narrow it, or say in its `why` what forbids that."
        for role in roles
        for statement in _allowed(role)
        for finding, what in _findings(statement)
        if not reasons.get(fingerprint(statement.written))
    ]


def escalations(roles: Iterable[Role]) -> list[str]:
    """Ways, over all policies of a role, to more than they say; no reason excuses one.

    Denials are left out: cloudsplaining reads one that has a condition as if it had none.
    """
    return [
        f"{role} can become more than it is: {way['type']}, by {', '.join(way['actions'])}."
        for role in roles
        for way in _document(
            *(_anywhere(statement.source) for statement in _allowed(role))
        ).allows_privilege_escalation
    ]


def unexplained_wildcards(documents: Iterable[Document], *, reasons: Reasons) -> list[str]:
    """Statements that allow `*`, and do not say why; and those that no `Statement` wrote."""
    wrong = []
    for document in documents:
        for statement in document.statements:
            key = fingerprint(statement.written)
            inverted = {"NotAction", "NotPrincipal", "NotResource"} & statement.source.keys()
            if inverted:
                wrong.append(
                    f"{statement.place} has {inverted.pop()}, which allows what is not thought of."
                )
            if key not in reasons:
                wrong.append(f"{statement.place} is no stacks.policy.Statement. Write it as one.")
            elif statement.effect == "Allow" and (wide := _wide(statement)) and not reasons[key]:
                wrong.append(f"{statement.place} allows {wide}. Name what it needs, or say why.")
    return wrong


def _wide(statement: Statement) -> str:
    """The first wildcard of a statement that covers all of its kind; empty where none does."""
    for action in statement.actions:
        if action == "*" or action.endswith(":*"):
            return action
    for whole in (*statement.resources, *statement.principals):
        if whole == "*" or whole.endswith(":*:*:*"):
            return whole
    return ""


def _allowed(role: Role) -> Iterator[Statement]:
    for policy in role.policies:
        yield from (each for each in policy.statements if each.effect == "Allow")


def _findings(statement: Statement) -> Iterator[tuple[str, list[str]]]:
    document = _document(_anywhere(statement.source))
    for finding in FINDINGS:
        if what := getattr(document, finding):
            yield finding, sorted(what)


def _document(*statements: Mapping[str, Any]) -> PolicyDocument:
    return PolicyDocument({"Version": LANGUAGE_VERSION, "Statement": list(statements)})


def _anywhere(source: Mapping[str, Any]) -> dict[str, Any]:
    """A statement without a condition on the region: that says where, not what or whose.

    cloudsplaining takes any condition for a constraint, and would find nothing.
    """
    conditions = {
        operator: {key: value for key, value in keys.items() if key != "aws:RequestedRegion"}
        for operator, keys in source.get("Condition", {}).items()
    }
    left = {operator: keys for operator, keys in conditions.items() if keys}
    return (
        {**source, "Condition": left}
        if left
        else {k: v for k, v in source.items() if k != "Condition"}
    )
