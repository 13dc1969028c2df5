"""What no stack may do. Checked on each stack's own JSON before anything is written.

A validation of each stack, and not an aspect: the same moment of the synthesis, but one call
from Node for each stack instead of one for each construct, and the rules are plain functions.
"""

from collections.abc import Iterator

import jsii
from cdktf import TerraformStack
from constructs import IValidation

from stacks.guardrails import access, destruction, encryption, exposure, tagging
from stacks.guardrails.resources import Resources, Violation

RULES = (
    *tagging.RULES,
    *encryption.RULES,
    *exposure.RULES,
    *access.RULES,
    *destruction.RULES,
)


def guard(stack: TerraformStack, *, production: bool) -> None:
    """Hold `stack` to every rule when the app is synthesized."""
    stack.node.add_validation(_Guardrails(stack, production))


def violations(synthesized: dict[str, object], *, production: bool) -> Iterator[Violation]:
    """What a synthesized stack does that none may do."""
    resources = Resources(synthesized, production=production)
    for rule in RULES:
        yield from rule(resources)


@jsii.implements(IValidation)
class _Guardrails:
    def __init__(self, stack: TerraformStack, production: bool) -> None:
        self._stack = stack
        self._production = production

    def validate(self) -> list[str]:
        found = violations(self._stack.to_terraform(), production=self._production)
        return [str(violation) for violation in found]
