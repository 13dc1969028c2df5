"""The synthesized stacks as the gates read them: name → cdk.tf.json, parsed."""

from collections.abc import Iterator, Mapping
from typing import Any

Stacks = Mapping[str, Mapping[str, Any]]


def resources(stacks: Stacks, *kinds: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Stack, address and arguments of each resource, of these types or of all."""
    for stack, document in stacks.items():
        for kind, named in document.get("resource", {}).items():
            if not kinds or kind in kinds:
                for name, arguments in named.items():
                    yield stack, f"{kind}.{name}", arguments
