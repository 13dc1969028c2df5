"""Policy documents in the synthesized stacks, wherever they stand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gates.stand_ins import without_references
from gates.synthesis import Stacks, resources

IDENTITY_POLICIES = ("aws_iam_policy", "aws_iam_role_policy")

Kind = Literal["identity", "trust", "resource"]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement. `place` is where it stands, for people: stack, resource and Sid."""

    place: str
    sid: str
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    principals: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    """Operator and key of each condition."""
    source: Mapping[str, Any]
    """The statement as IAM reads it, with stand-ins."""
    written: Mapping[str, Any]
    """The statement as it is synthesized, with Terraform's references."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One policy document.

    address, argument: the resource, and its argument that holds the document.
    kind: of an identity (what it may), of a role (who may take it), or of another resource.
    text: what AWS gets, with stand-ins for what AWS itself makes.
    """

    stack: str
    address: str
    argument: str
    kind: Kind
    text: str
    statements: tuple[Statement, ...]


def documents(stacks: Stacks) -> Iterator[Document]:
    """Every text in every resource that is a policy document."""
    for stack, address, arguments in resources(stacks):
        for argument, text in _texts(arguments):
            if '"Statement"' in text:
                yield _document(stack, address, argument, text, stacks=stacks)


def unreadable(stacks: Stacks) -> Iterator[str]:
    """Addresses of arguments that hold a policy by their name, in a form which no gate can read.

    A document that Terraform composes by itself, from data or functions, is one.
    """
    for stack, address, arguments in resources(stacks):
        for argument, value in arguments.items():
            if argument not in ("policy", "assume_role_policy", "inline_policy"):
                continue
            try:
                json.loads(value)
            except (TypeError, ValueError):
                yield f"{stack} {address}.{argument}"


def _document(stack: str, address: str, argument: str, text: str, *, stacks: Stacks) -> Document:
    if argument == "assume_role_policy":
        kind: Kind = "trust"
    else:
        kind = (
            "identity"
            if address.startswith(tuple(f"{each}." for each in IDENTITY_POLICIES))
            else "resource"
        )
    written = many(json.loads(text)["Statement"])
    text = without_references(text, stacks=stacks).replace("$${", "${")
    pairs = zip(many(json.loads(text)["Statement"]), written, strict=True)
    return Document(
        stack=stack,
        address=address,
        argument=argument,
        kind=kind,
        text=text,
        statements=tuple(_statement(f"{stack} {address}", *pair) for pair in pairs),
    )


def _statement(place: str, source: Mapping[str, Any], written: Mapping[str, Any]) -> Statement:
    principal = source.get("Principal", {})
    who = principal.values() if isinstance(principal, dict) else [principal]
    return Statement(
        place=f"{place} {source.get('Sid', '(no Sid)')}",
        sid=source.get("Sid", ""),
        effect=source["Effect"],
        actions=tuple(many(source.get("Action", []))),
        resources=tuple(many(source.get("Resource", []))),
        principals=tuple(each for group in who for each in many(group)),
        conditions=tuple(
            (operator, key)
            for operator, keys in source.get("Condition", {}).items()
            for key in keys
        ),
        source=source,
        written=written,
    )


def many(value: Any) -> Sequence[Any]:
    """IAM writes one value or a list of them; this is always the list."""
    return value if isinstance(value, list) else [value]


def _texts(value: Any, argument: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside an argument, with the argument's name; comments are none."""
    if isinstance(value, str):
        yield argument, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "//":
                yield from _texts(inner, argument or key)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, argument)
