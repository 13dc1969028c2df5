"""The AWS provider's own schema: which arguments a resource type or data source has."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ADDRESS = "registry.terraform.io/hashicorp/aws"

META_ARGUMENTS = {"count", "for_each", "depends_on", "provider", "lifecycle", "provisioner"}
"""What every block of Terraform's language takes; no provider's schema names them."""


@dataclass(frozen=True, kw_only=True)
class Schema:
    """`terraform providers schema -json`, read for one provider."""

    resources: Mapping[str, Any]
    data: Mapping[str, Any]
    provider: Mapping[str, Any]

    @classmethod
    def parse(cls, text: str) -> "Schema":
        document = json.loads(text)["provider_schemas"][ADDRESS]
        return cls(
            resources=document["resource_schemas"],
            data=document["data_source_schemas"],
            provider=document["provider"],
        )

    def is_computed(self, resource_type: str, argument: str) -> bool:
        """Whether AWS may fill in `argument` (`block.argument`) by itself."""
        block = self.resources[resource_type]["block"]
        *parents, last = argument.split(".")
        for parent in parents:
            block = block.get("block_types", {}).get(parent, {}).get("block", {})
        return bool(block.get("attributes", {}).get(last, {}).get("computed"))
