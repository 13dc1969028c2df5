"""What is to be said of whole environments and stacks."""

from collections.abc import Iterator, Mapping, Sequence

from review.stacks.change import Change
from review.stacks.dangers.stateful import STATEFUL
from review.stacks.finding import Finding
from review.stacks.stack import Stack

PRODUCTION = "prod"

Changes = Mapping[str, Sequence[Change]]


def gone(
    changes: Changes, *, before: Mapping[str, Stack], after: Mapping[str, Stack]
) -> Iterator[Finding]:
    """Whole environments and stacks that no revision makes any longer."""
    left = {stack.environment for stack in after.values()}
    told = set()
    for name in changes:
        if name in after or name not in before:
            continue
        stack = before[name]
        stays = "Terraform does not destroy it: all of it stays in AWS, and no stack cares for it"
        if stack.environment not in left:
            if stack.environment not in told:
                told.add(stack.environment)
                own = [each for each in before.values() if each.environment == stack.environment]
                yield Finding(
                    severity="danger",
                    rule="environment-gone",
                    environment=stack.environment,
                    message=f"the whole environment goes, {_holding(own)}. {stays}",
                )
            continue
        yield Finding(
            severity="danger",
            rule="stack-gone",
            environment=stack.environment,
            stack=name,
            message=f"the whole stack goes, {_holding([stack])}. {stays}",
        )


def production(changes: Changes) -> Iterator[Finding]:
    """Anything at all that changes in production."""
    stacks = [
        stack
        for stack, own in changes.items()
        if own and (stack.startswith(f"{PRODUCTION}-") or stack == f"account-{PRODUCTION}")
    ]
    if stacks:
        number = sum(len(changes[stack]) for stack in stacks)
        words = "1 thing changes" if number == 1 else f"{number} things change"
        yield Finding(
            severity="notice",
            rule="production",
            environment=PRODUCTION,
            message=f"{words} in production: {', '.join(stacks)}",
        )


def _holding(stacks: Sequence[Stack]) -> str:
    addresses = [address for stack in stacks for address in stack.resources]
    kept = sum(address.partition(".")[0] in STATEFUL for address in addresses)
    return f"{len(addresses)} resources, {kept} of which hold what cannot be made again"
