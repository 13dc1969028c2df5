"""One synthesized stack, as it is compared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from review.stacks.policy_document import KIND, resolved
from review.stacks.values import Arguments, blocks, normalised

# CDKTF's own outputs, by which stacks read each other: a resource's change says the same.
BETWEEN_STACKS = "cross-stack-output"


@dataclass(frozen=True, kw_only=True)
class Stack:
    """A stack's name, those that must stand before it, and its cdk.tf.json, parsed."""

    name: str
    dependencies: tuple[str, ...] = ()
    document: Mapping[str, Any]

    @property
    def environment(self) -> str:
        """The first part of the name: `dev` of `dev-network`, `account` of `account-prod`."""
        return self.name.partition("-")[0]

    @cached_property
    def resources(self) -> Mapping[str, Arguments]:
        """Address → arguments, normalised, with policy documents in their place."""
        documents = self.document.get("data", {}).get(KIND, {})
        return {
            f"{kind}.{name}": normalised(resolved(arguments, documents))
            for kind, named in self.document.get("resource", {}).items()
            for name, arguments in named.items()
        }

    @cached_property
    def settings(self) -> Mapping[str, Arguments]:
        """Address → arguments of what is no resource: outputs, backend, providers."""
        terraform = self.document.get("terraform", {})
        found = {
            f"output.{name}": normalised(output)
            for name, output in self.document.get("output", {}).items()
            if not name.startswith(BETWEEN_STACKS)
        }
        if backend := terraform.get("backend"):
            found["terraform.backend"] = normalised(backend)
        versions = terraform.get("required_providers", {})
        for name in {*versions, *self.document.get("provider", {})}:
            own = {"version": versions.get(name, {}).get("version")}
            for configuration in blocks(self.document.get("provider", {}).get(name)):
                own |= configuration
            found[f"provider.{name}"] = normalised(own)
        return found

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """New address → old address, by `moved` blocks."""
        return {each["to"]: each["from"] for each in blocks(self.document.get("moved"))}

    @cached_property
    def forgotten(self) -> frozenset[str]:
        """Addresses that leave Terraform and stay in AWS, by `removed` blocks."""
        return frozenset(
            each["from"]
            for each in blocks(self.document.get("removed"))
            if any(inner.get("destroy") is False for inner in blocks(each.get("lifecycle")))
        )


def read(synthesized: Path) -> dict[str, Stack]:
    """All stacks of a folder that CDKTF wrote, by name, in the manifest's order."""
    manifest = json.loads((synthesized / "manifest.json").read_text())
    return {
        name: Stack(
            name=name,
            dependencies=tuple(entry["dependencies"]),
            document=json.loads((synthesized / entry["synthesizedStackPath"]).read_text()),
        )
        for name, entry in manifest["stacks"].items()
    }
