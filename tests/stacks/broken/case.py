"""One entry of the catalogue of broken resources."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from stacks.guardrails.resources import Resources, Violation

Kinds = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Case:
    """A resource that breaks `rule`, and what mends it.

    claim: what is wrong, as it reads after "catches".
    broken, mended: resources as in Terraform's JSON, type → name → arguments.
    mend: what the violation must tell to write.
    address: of the resource that the violation must name.
    production: whether the stack is one of prod's.
    providers: the stack's providers, for the one rule that reads them.
    """

    rule: Callable[[Resources], Iterator[Violation]]
    claim: str
    address: str
    mend: str
    broken: Kinds = field(default_factory=dict)
    mended: Kinds = field(default_factory=dict)
    production: bool = False
    broken_providers: Kinds = field(default_factory=dict)
    mended_providers: Kinds = field(default_factory=dict)

    def on_broken(self) -> list[Violation]:
        """What the rule says to the broken resources."""
        return self._held_to_rule(self.broken, self.broken_providers)

    def on_mended(self) -> list[Violation]:
        """What the rule says to the mended ones."""
        return self._held_to_rule(self.mended, self.mended_providers)

    def _held_to_rule(self, resources: Kinds, providers: Kinds) -> list[Violation]:
        stack = {"resource": resources, "provider": providers}
        return list(self.rule(Resources(stack, production=self.production)))


def policy(**statement: object) -> str:
    """A policy of one statement, in JSON text; it allows, unless it says otherwise."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})
