"""What a reviewer must not miss in a change: every rule, over every change."""

from collections.abc import Iterator, Mapping, Sequence

from review.stacks.change import Change
from review.stacks.dangers import (
    access,
    encryption,
    firewall,
    iam,
    network,
    protection,
    settings,
    stateful,
    versions,
)
from review.stacks.dangers.alarm import Rule
from review.stacks.dangers.around import Around
from review.stacks.dangers.environments import gone, production
from review.stacks.finding import Finding
from review.stacks.stack import Stack

RULES: tuple[Rule, ...] = (
    *stateful.RULES,
    *iam.RULES,
    *access.RULES,
    *network.RULES,
    *encryption.RULES,
    *protection.RULES,
    *firewall.RULES,
    *versions.RULES,
    *settings.RULES,
)


def findings(
    changes: Mapping[str, Sequence[Change]],
    *,
    before: Mapping[str, Stack],
    after: Mapping[str, Stack],
) -> list[Finding]:
    """All of them, dangers first. changes: by stack, of those that are looked at."""
    found = [
        *gone(changes, before=before, after=after),
        *production(changes),
        *(
            finding
            for stack, own in changes.items()
            for finding in _found(own, before=before.get(stack), after=after.get(stack))
        ),
    ]
    found = list(dict.fromkeys(found))
    return sorted(found, key=lambda each: each.severity)


def _found(
    changes: Sequence[Change], *, before: Stack | None, after: Stack | None
) -> Iterator[Finding]:
    around = Around(
        before=before.resources if before else {},
        after=after.resources if after else {},
        changes=changes,
    )
    for change in changes:
        for rule in RULES:
            for alarm in rule(change, around):
                yield Finding(
                    severity=alarm.severity,
                    rule=name_of(rule),
                    message=alarm.message,
                    environment=change.environment,
                    stack=change.stack,
                    address=change.address,
                )


def name_of(rule: Rule) -> str:
    """`public_endpoint` is public-endpoint."""
    return getattr(rule, "__name__", "").replace("_", "-")
