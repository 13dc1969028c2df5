"""`terraform validate` over many stacks at once, by the real provider."""

import json
from collections.abc import Collection, Mapping
from pathlib import PurePath

from delivery.terraform import Terraform, TerraformFailed
from rehearsal.copies import Copies
from rehearsal.stack import Stack

SECONDS = 300


def validate(stacks: Collection[Stack], *, copies: Copies) -> Mapping[str, list[str]]:
    """What Terraform has to say against each stack: name → errors and warnings.

    The stacks are modules of one configuration here. Terraform checks a module as it checks a
    configuration, and the provider, whose start takes seconds, starts once for all of them.
    """
    copies.write(stacks)
    copies.write_root(stacks)
    terraform = Terraform(environment=copies.provider.environment)
    terraform.run("get", "-no-color", folder=copies.folder, seconds=SECONDS)
    try:
        answer = terraform.run("validate", "-json", folder=copies.folder, seconds=SECONDS)
    except TerraformFailed as failure:
        # It ends with exit code 1 where something is invalid, and says what in JSON all the same.
        if not failure.output.startswith("{"):
            raise
        answer = failure.output
    said: dict[str, list[str]] = {stack.name: [] for stack in stacks}
    for diagnostic in json.loads(answer)["diagnostics"]:
        place = PurePath(diagnostic.get("range", {}).get("filename", ""))
        sentence = f"{diagnostic['severity']}: {diagnostic['summary']}. {diagnostic['detail']}"
        for name in [place.parts[0]] if place.parts and place.parts[0] in said else said:
            said[name].append(sentence)
    return said
