"""Arguments as Terraform's JSON writes them, brought into one form, so that equal means equal."""

import json
from collections.abc import Mapping
from typing import Any

Arguments = Mapping[str, Any]

# Blocks that say nothing where nothing is in them. Others do: `count {}` in a firewall's rule is
# what the rule does.
SAY_NOTHING = ("lifecycle", "tags", "timeouts")

# What a policy holds one or many of, in an order that means nothing:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
UNORDERED = ("Action", "NotAction", "Resource", "NotResource")
PRINCIPALS = ("Principal", "NotPrincipal")


def normalised(value: Any) -> Any:
    """The same without what is not set and CDKTF's own notes; JSON texts as what they say."""
    match value:
        case dict():
            kept = {
                key: normalised(inner)
                for key, inner in value.items()
                if not (key == "//" or inner is None or (key in SAY_NOTHING and not inner))
            }
            return _policy(kept) if "Statement" in kept else kept
        case list():
            return [normalised(inner) for inner in value]
        case str():
            return _parsed(value)
    return value


def blocks(value: Any) -> list[dict[str, Any]]:
    """The blocks of a block argument, which Terraform writes as one object or as a list."""
    inner = value if isinstance(value, list) else [value]
    return [each for each in inner if isinstance(each, dict)]


def block(value: Any) -> dict[str, Any]:
    """The one block of an argument; empty where there is none."""
    found = blocks(value)
    return found[0] if found else {}


def many(value: Any) -> list[Any]:
    """The values where one, a list of them, or none may stand."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def same(before: Any, after: Any) -> bool:
    """Whether two normalised values mean the same."""
    return before == after or (is_empty(before) and is_empty(after))


def is_empty(value: Any) -> bool:
    """Whether nothing is set: a plan writes an empty text or list where a stack writes nothing."""
    return value is None or value in ("", [])


def canonical(value: Any) -> str:
    """A text that equal values share, to sort by."""
    return json.dumps(value, sort_keys=True)


def _parsed(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        content = json.loads(text)
    except ValueError:
        return text
    return normalised(content) if isinstance(content, dict | list) else text


def _policy(document: dict[str, Any]) -> dict[str, Any]:
    statements = [
        _statement(each) if isinstance(each, dict) else each for each in many(document["Statement"])
    ]
    return {**document, "Statement": sorted(statements, key=canonical)}


def _statement(statement: dict[str, Any]) -> dict[str, Any]:
    found = dict(statement)
    for key in UNORDERED:
        if key in found:
            found[key] = _sorted(found[key])
    for key in PRINCIPALS:
        if isinstance(found.get(key), dict):
            found[key] = {kind: _sorted(who) for kind, who in found[key].items()}
    if isinstance(found.get("Condition"), dict):
        found["Condition"] = {
            operator: {name: _sorted(values) for name, values in keys.items()}
            for operator, keys in found["Condition"].items()
            if isinstance(keys, dict)
        }
    return found


def _sorted(value: Any) -> list[Any]:
    return sorted(many(value), key=canonical)
