"""Policies written by hand, as small as they can be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.security import written
from tests.synthesis import Stack

EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def text(*statements: Mapping[str, Any]) -> str:
    """A policy document as it stands in a stack: JSON in a string, which scanners do not read."""
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **each} for each in statements]}
    )


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A role with one policy of these statements.

    said: the reason that each statement gives for its width; None where it is no
        `stacks.policy.Statement` at all.
    """

    statements: tuple[Mapping[str, Any], ...]
    said: str | None = ""
    stack: str = "dev-x"

    def stacks(self, _: Mapping[str, Stack]) -> Mapping[str, Any]:
        """The one stack, which stands on no other."""
        return written.stacks(*(dict(each) for each in self.statements))


@dataclass(frozen=True, kw_only=True)
class Trust:
    """A role that may be taken as this statement says."""

    statement: Mapping[str, Any]
    said: str | None = ""
    stack: str = "dev-x"

    def stacks(self, _: Mapping[str, Stack]) -> Mapping[str, Any]:
        """The one stack, which stands on no other."""
        role = {"assume_role_policy": text(self.statement)}
        return {self.stack: {"resource": {"aws_iam_role": {"x": role}}}}


def policy(*statements: Mapping[str, Any], said: str | None = "") -> Policy:
    return Policy(statements=statements, said=said)
