"""Policies written by hand, for tests of the gates themselves."""

import json
from typing import Any

from gates.documents import Document, documents
from gates.roles import Role, roles
from gates.synthesis import Stacks

TRUST = {
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "x"}, "Action": "sts:AssumeRole"}]
}


def stacks(*statements: dict[str, Any]) -> Stacks:
    """One stack with one role that has one policy of these statements; each allows if not said."""
    policy = {"Statement": [{"Effect": "Allow", **each} for each in statements]}
    return {
        "dev-x": {
            "resource": {
                "aws_iam_role": {"x": {"assume_role_policy": json.dumps(TRUST)}},
                "aws_iam_role_policy": {
                    "x": {"role": "${aws_iam_role.x.id}", "policy": json.dumps(policy)}
                },
            }
        }
    }


def policy(*statements: dict[str, Any]) -> list[Document]:
    """The one identity policy of those stacks."""
    return [each for each in documents(stacks(*statements)) if each.kind == "identity"]


def role(*statements: dict[str, Any]) -> Role:
    """The one role of those stacks."""
    made = stacks(*statements)
    (only,) = roles(made, documents(made))
    return only
