"""One Terraform plan of many stacks, without any of them applied: for checkov's plan form.

Each stack becomes a module of its own name, and what it reads from its upstreams is a stand-in.
So a single run of the real provider plans all; nothing is asked of AWS.
"""

import json
import re
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from delivery.terraform import Terraform
from gates.stand_ins import REFERENCE, stand_in
from gates.synthesis import Stacks
from rehearsal.adaptation import adapt
from rehearsal.provider import LOCK, install_provider
from rehearsal.schema import Schema

SECONDS = 300
"""The limit of each Terraform command; the plan of an environment takes about ten."""

# A value that is there before the stack is: of an upstream, or looked up in AWS.
FROM_OUTSIDE = re.compile(
    r"data\.(?:terraform_remote_state\.[\w-]+\.outputs|aws_\w+\.[\w-]+)\.[\w-]+"
)

# What the provider must be told so that it asks nobody.
NO_ACCOUNT = {
    "region": "eu-central-1",
    "access_key": "none",
    "secret_key": "none",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "skip_requesting_account_id": True,
}


def plan(stacks: Stacks, *, only: Collection[str], folder: Path) -> Path:
    """Plan the stacks called `only` that need AWS alone, and return the plan in JSON.

    stacks: all there are, for their outputs. folder: where Terraform works.
    Raises: TerraformMissing, ProviderMissing where Terraform or its AWS provider cannot be had,
    TerraformFailed where the stacks cannot be planned.
    """
    planned = {name: stacks[name] for name in only if _aws_alone(stacks[name])}
    provider = install_provider(pinned=_pinned(planned), folder=folder / "provider")
    schema = provider.schema()
    for name, document in planned.items():
        _write(folder / name / "main.tf.json", _module(document, stacks=stacks, schema=schema))
    required = {"aws": {"source": "hashicorp/aws", "version": provider.version}}
    root = {
        "terraform": {"required_providers": required},
        "provider": {"aws": NO_ACCOUNT},
        "module": {name: {"source": f"./{name}"} for name in planned},
    }
    _write(folder / "main.tf.json", root)
    shutil.copy(provider.folder / LOCK, folder / LOCK)

    terraform = Terraform(environment=provider.environment)
    quietly = ("-input=false", "-no-color")
    terraform.run("init", *quietly, folder=folder, seconds=SECONDS)
    offline = ("-lock=false", "-refresh=false", "-out=plan")
    terraform.run("plan", *quietly, *offline, folder=folder, seconds=SECONDS)
    written = folder / "plan.json"
    written.write_text(terraform.run("show", "-json", "plan", folder=folder, seconds=SECONDS))
    return written


def _module(document: Any, *, stacks: Stacks, schema: Schema) -> dict[str, Any]:
    """The resources of one stack, standing on nothing."""

    outside: dict[str, str] = {}

    def as_local(found: re.Match[str]) -> str:
        name = re.sub(r"\W", "-", found[0])
        outside[name] = stand_in(found[0], stacks=stacks)
        return f"local.{name}"

    def within(reference: re.Match[str]) -> str:
        return FROM_OUTSIDE.sub(as_local, reference[0])

    resources = _map_texts(document.get("resource", {}), lambda text: REFERENCE.sub(within, text))
    module = {"resource": resources} if resources else {}
    adapt(module, schema=schema)  # the rehearsal holds what this drops to a list
    required = {"required_providers": {"aws": {"source": "hashicorp/aws"}}}
    return {"terraform": required, "locals": outside, **module}


def _map_texts(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _map_texts(inner, change) for key, inner in value.items()}
    return [_map_texts(inner, change) for inner in value] if isinstance(value, list) else value


def _aws_alone(document: Any) -> bool:
    return set(document["terraform"]["required_providers"]) == {"aws"}


def _pinned(stacks: Stacks) -> str:
    """The version of the AWS provider that the stacks ask for: all for one."""
    (version,) = {
        document["terraform"]["required_providers"]["aws"]["version"]
        for document in stacks.values()
    }
    return version


def _write(path: Path, document: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document))
