"""Everything says what it belongs to."""

from collections.abc import Iterator

from stacks.guardrails.resources import Resources, Violation, blocks

REQUIRED = {"tribe:scope", "tribe:stack", "tribe:managed-by"}


def tagged(resources: Resources) -> Iterator[Violation]:
    """The AWS provider puts the house's tags on whatever it makes."""
    for number, provider in enumerate(blocks(resources.providers.get("aws"))):
        own = {
            key for block in blocks(provider.get("default_tags")) for key in block.get("tags", {})
        }
        missing = REQUIRED - own
        if missing:
            yield Violation(
                f"provider.aws[{number}]",
                f"lacks the default tags {', '.join(sorted(missing))}",
                "Make the stack an AccountStack or an EnvironmentStack.",
            )


RULES = (tagged,)
