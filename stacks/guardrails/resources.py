"""A synthesized stack as the guardrails read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Violation:
    """A resource that breaks a rule, and what to write instead."""

    address: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.address} {self.problem}. {self.mend}"


class Resources:
    """Resources and providers of one stack. Arguments are as in Terraform's JSON."""

    def __init__(self, synthesized: dict[str, Any], *, production: bool) -> None:
        self.production = production
        self.providers: dict[str, Any] = synthesized.get("provider", {})
        self._resources: dict[str, dict[str, Any]] = synthesized.get("resource", {})

    def of(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Address and arguments of each resource of these types."""
        for kind in kinds:
            for name, arguments in self._resources.get(kind, {}).items():
                yield f"{kind}.{name}", arguments

    def refer_to(self, address: str, *, kind: str, argument: str) -> bool:
        """Whether a resource of type `kind` names the resource at `address` in `argument`."""
        wanted = f"${{{address}."
        return any(
            str(arguments.get(argument, "")).startswith(wanted) for _, arguments in self.of(kind)
        )


def blocks(value: Any) -> list[dict[str, Any]]:
    """The blocks of a block argument, which Terraform's JSON writes as one object or as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
