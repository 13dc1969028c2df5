"""Roles, with the policies that they bear."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gates.documents import Document
from gates.synthesis import Stacks, resources


@dataclass(frozen=True, kw_only=True)
class Role:
    """One role of one stack.

    inline, managed: its own policies, and those of this platform that are attached to it.
    aws_managed: ARNs of AWS's policies that are attached to it.
    boundary: the ARN of its permissions boundary; None where it has none.
    """

    stack: str
    address: str
    trust: Document
    inline: tuple[Document, ...]
    managed: tuple[Document, ...]
    aws_managed: tuple[str, ...]
    boundary: str | None

    @property
    def policies(self) -> tuple[Document, ...]:
        """The documents that say what it may."""
        return (*self.inline, *self.managed)

    def __str__(self) -> str:
        return f"{self.stack} {self.address}"


def roles(stacks: Stacks, documents: Iterable[Document]) -> list[Role]:
    """Every role of every stack. documents: all of the stacks."""
    by_place = {(each.stack, each.address): each for each in documents}
    inline: dict[tuple[str, str], list[Document]] = {}
    attached: dict[tuple[str, str], list[str]] = {}
    for stack, address, arguments in resources(stacks, "aws_iam_role_policy"):
        inline.setdefault((stack, _address(arguments["role"])), []).append(by_place[stack, address])
    for stack, _, arguments in resources(stacks, "aws_iam_role_policy_attachment"):
        role = (stack, _address(arguments["role"]))
        attached.setdefault(role, []).append(arguments["policy_arn"])
    found = []
    for stack, address, arguments in resources(stacks, "aws_iam_role"):
        arns = attached.get((stack, address), [])
        own = [arn for arn in arns if arn.startswith("${")]
        found.append(
            Role(
                stack=stack,
                address=address,
                trust=by_place[stack, address],
                inline=tuple(inline.get((stack, address), ())),
                managed=tuple(by_place[stack, _address(arn)] for arn in own),
                aws_managed=tuple(arn for arn in arns if arn not in own),
                boundary=arguments.get("permissions_boundary"),
            )
        )
    return found


def _address(reference: str) -> str:
    """`${aws_iam_role.x.id}` → `aws_iam_role.x`. Raises: ValueError for what is no reference."""
    found = re.fullmatch(r"\$\{(aws_\w+\.[\w-]+)\.\w+\}", reference)
    if found is None:
        raise ValueError(f"{reference!r} names no resource of this stack: refer to it instead.")
    return found[1]
