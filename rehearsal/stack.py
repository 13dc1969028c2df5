"""The synthesized stacks, as the rehearsal reads them from `cdktf.out`."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROVIDERS = {"aws", "hashicorp/aws"}


@dataclass(frozen=True, kw_only=True)
class Stack:
    """One synthesized stack: its Terraform JSON and the stacks that must stand before it."""

    name: str
    dependencies: tuple[str, ...]
    document: Mapping[str, Any]

    @property
    def is_aws_only(self) -> bool:
        required = self.document["terraform"]["required_providers"].values()
        return all(each["source"] in PROVIDERS for each in required)

    @property
    def pinned_version(self) -> str:
        """The version of the AWS provider that the stack asks for."""
        for each in self.document["terraform"]["required_providers"].values():
            if each["source"] in PROVIDERS:
                return each["version"]
        raise ValueError(f"{self.name} names no version of the AWS provider.")


def read_stacks(synthesized: Path) -> dict[str, Stack]:
    """All stacks of `synthesized` (a `cdktf.out` folder), by name, in the manifest's order."""
    manifest = json.loads((synthesized / "manifest.json").read_text())
    return {
        name: Stack(
            name=name,
            dependencies=tuple(entry["dependencies"]),
            document=json.loads((synthesized / entry["synthesizedStackPath"]).read_text()),
        )
        for name, entry in manifest["stacks"].items()
    }


def appearing(
    stacks: Mapping[str, Stack], *, environment: str, accounts: Collection[str]
) -> list[Stack]:
    """The stacks of a rehearsal: those of one environment and of the named accounts.

    Stacks with other providers than AWS need a cluster that runs, and stay out. An account's stack
    comes first in reality. Here nothing waits for it: what it makes is used by name only.
    """
    names = {f"account-{account}" for account in accounts}
    return [
        stack
        for name, stack in stacks.items()
        if stack.is_aws_only and (name in names or name.startswith(f"{environment}-"))
    ]
