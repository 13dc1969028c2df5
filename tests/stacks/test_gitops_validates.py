"""`terraform validate` by the real providers, over the stacks that bring Argo CD.

They need the pinned providers for AWS, Kubernetes and Helm: from the registry, or from a mirror
that Terraform's own settings on this machine name. No emulator is a cluster: nothing is applied.
"""

import json
import shutil
from pathlib import Path

import pytest

from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from stacks.settings import Environment

# What Terraform says where a provider is not to be had; anything else is the stack's own fault.
NO_PROVIDER = ("Failed to query available provider packages", "Failed to install provider")

SECONDS = 300


def test_the_providers_say_nothing_against_the_stack(
    environment: Environment, synthesis: Path, tmp_path: Path
) -> None:
    try:
        terraform = Terraform()
    except TerraformMissing as missing:
        pytest.skip(f"{environment.name}-gitops is not validated: {missing}")
    source = synthesis / "stacks" / f"{environment.name}-gitops" / "cdk.tf.json"
    shutil.copy(source, tmp_path)
    try:
        terraform.run(
            "init", "-backend=false", "-input=false", "-no-color", folder=tmp_path, seconds=SECONDS
        )
    except TerraformFailed as failed:
        if not any(words in failed.output for words in NO_PROVIDER):
            raise
        wanted = json.loads(source.read_text())["terraform"]["required_providers"].values()
        names = ", ".join(f"{each['source']} {each['version']}" for each in wanted)
        pytest.skip(f"{environment.name}-gitops is not validated: no providers here ({names})")
    said = json.loads(terraform.run("validate", "-json", folder=tmp_path, seconds=SECONDS))
    assert [each["summary"] for each in said["diagnostics"]] == []
