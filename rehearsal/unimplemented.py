"""Resources that no emulator here implements, and that leave the applied copy of a stack.

They are validated and planned all the same. The list holds for the pinned emulators; a test makes
the real call of each entry anew, so that none outlives its need.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

UNIMPLEMENTED: Mapping[str, str] = {
    "aws_eks_identity_provider_config.external-identity": (
        "ministack restarts the cluster's container for it. Without Docker there is none, and the "
        "configuration stays CREATING for ever. moto has no identity provider configurations."
    ),
}
"""Address → reason. An address stands for that resource in any environment."""


def remove_unimplemented(document: dict[str, Any]) -> frozenset[str]:
    """Take what is listed, and what refers to it, out of a stack's JSON.

    The addresses of the resources that were taken out are returned.
    """
    resources = document.get("resource", {})
    addresses = {
        f"{kind}.{name}"
        for kind, blocks in resources.items()
        for name in blocks
        if f"{kind}.{name}" in UNIMPLEMENTED
    }
    while True:
        for blocks in resources.values():
            for body in blocks.values():
                # To come after a resource is no use of it.
                if "depends_on" in body:
                    body["depends_on"] = [
                        each for each in body["depends_on"] if each not in addresses
                    ]
        users = {
            f"{kind}.{name}"
            for kind, blocks in resources.items()
            for name, body in blocks.items()
            if _refers(body, addresses)
        }
        if users <= addresses:
            break
        addresses |= users
    for address in addresses:
        kind, _, name = address.partition(".")
        del resources[kind][name]
        if not resources[kind]:  # Terraform takes a type without a resource for a mistake
            del resources[kind]
    outputs = document.get("output", {})
    for name in [name for name, body in outputs.items() if _refers(body, addresses)]:
        del outputs[name]
    return frozenset(addresses)


def _refers(body: Any, addresses: set[str]) -> bool:
    text = json.dumps(body)
    return any(re.search(rf"(?<![\w.-]){re.escape(each)}(?![\w-])", text) for each in addresses)
