"""IAM policy documents, with the house's rule: a wildcard says why it is there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# "2012-10-17" is the language's version, not a date of ours; older ones know no variables.
LANGUAGE_VERSION = "2012-10-17"


class UnexplainedWildcardError(ValueError):
    """A statement that reaches further than it names, and does not say why."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement of a policy.

    conditions: operator → key → value, as in IAM.
    principals: kind → identifiers, in trust, key and bucket policies; empty elsewhere.
    why: the reason for a wildcard: for `*` as an action, principal or resource, and for a
        service's every action. Raises: UnexplainedWildcardError where it is missing.
    """

    sid: str
    actions: Sequence[str]
    resources: Sequence[str] = ()
    principals: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    conditions: Mapping[str, Mapping[str, str | Sequence[str]]] = field(default_factory=dict)
    effect: str = "Allow"
    why: str = ""

    def __post_init__(self) -> None:
        wide: list[str | Sequence[str]] = [
            action for action in self.actions if action == "*" or action.endswith(":*")
        ]
        wide += [resource for resource in self.resources if resource == "*"]
        wide += [who for who in self.principals.values() if who == "*" or "*" in who]
        if wide and self.effect == "Allow" and not self.why:
            mend = "Name what it needs, or say in `why` what forbids that."
            raise UnexplainedWildcardError(f"{self.sid}: allows {wide[0]}. {mend}")

    def as_json(self) -> dict[str, object]:
        """The statement as IAM reads it, always in the same order, so that plans stay quiet."""
        parts: dict[str, object] = {"Sid": self.sid, "Effect": self.effect}
        if self.principals:
            parts["Principal"] = {kind: _one_or_many(who) for kind, who in self.principals.items()}
        parts["Action"] = _one_or_many(self.actions)
        if self.resources:
            parts["Resource"] = _one_or_many(self.resources)
        if self.conditions:
            parts["Condition"] = {
                operator: {key: _one_or_many(value) for key, value in keys.items()}
                for operator, keys in self.conditions.items()
            }
        return parts


def document(statements: Iterable[Statement]) -> str:
    """A policy as JSON text, with IAM's own variables escaped from Terraform."""
    whole = {"Version": LANGUAGE_VERSION, "Statement": [each.as_json() for each in statements]}
    return json.dumps(whole, separators=(",", ":")).replace("${aws:", "$${aws:")


def trust(service: str, *, account_id: str | None = None, sid: str = "Trust") -> str:
    """Trust in an AWS service, acting for this account alone if one is named."""
    same_account = {"StringEquals": {"aws:SourceAccount": account_id}} if account_id else {}
    return document(
        [
            Statement(
                sid=sid,
                actions=["sts:AssumeRole"],
                principals={"Service": service},
                conditions=same_account,
            )
        ]
    )


def _one_or_many(values: str | Sequence[str]) -> str | list[str]:
    if isinstance(values, str):
        return values
    return values[0] if len(values) == 1 else list(values)
