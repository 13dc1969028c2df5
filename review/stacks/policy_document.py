"""The data source aws_iam_policy_document, as the policy that it makes."""

import re
from typing import Any

from review.stacks.values import Arguments, blocks, many

KIND = "aws_iam_policy_document"
MADE = re.compile(rf"\$\{{data\.{KIND}\.([\w-]+)\.(?:minified_)?json\}}")

NAMES = {
    "sid": "Sid",
    "effect": "Effect",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}


def resolved(value: Any, documents: Arguments) -> Any:
    """The value with each reference to a policy document in its place.

    documents: the data source's blocks by name. One that builds on others stays a reference: what
    it will be is known only to Terraform.
    """
    match value:
        case dict():
            return {key: resolved(inner, documents) for key, inner in value.items()}
        case list():
            return [resolved(inner, documents) for inner in value]
        case str() if (made := MADE.fullmatch(value)) and made[1] in documents:
            return _policy(documents[made[1]]) or value
    return value


def _policy(document: Arguments) -> dict[str, Any] | None:
    if any("policy_documents" in argument or argument.endswith("_json") for argument in document):
        return None
    version = document.get("version", "2012-10-17")
    return {
        "Version": version,
        "Statement": [_statement(each) for each in blocks(document.get("statement"))],
    }


def _statement(written: dict[str, Any]) -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": "Allow"}
    statement |= {NAMES[name]: value for name, value in written.items() if name in NAMES}
    for argument, name in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if argument in written:
            statement[name] = _principals(written[argument])
    for condition in blocks(written.get("condition")):
        keys = statement.setdefault("Condition", {}).setdefault(condition["test"], {})
        keys[condition["variable"]] = condition["values"]
    return statement


def _principals(written: Any) -> Any:
    found: dict[str, list[str]] = {}
    for each in blocks(written):
        found.setdefault(each["type"], []).extend(many(each["identifiers"]))
    return "*" if "*" in found.get("*", []) else found
