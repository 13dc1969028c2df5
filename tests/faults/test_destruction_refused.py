"""Keys, the VPC, the cluster and the buckets are asked to go, all at once: Terraform refuses.

The state says that every one of them stands; a real plan of destroying all is made from it.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from delivery.terraform import Terraform, TerraformFailed, TerraformMissing, find_terraform
from rehearsal.copies import CONFIGURATION, STATE, Copies
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.stack import Stack, read_stacks
from stacks.environments import PLATFORM
from stacks.guardrails.destruction import STATEFUL

SECONDS = 120
PROD = PLATFORM.environment("prod")
# What a mistake would be worst for, by its stack.
NAMED = {
    "prod-encryption": {f"aws_kms_key.{name}" for name in ("cluster", "secrets", "volumes")},
    "prod-network": {"aws_vpc.vpc"},
    "prod-cluster": {"aws_eks_cluster.cluster"},
    "prod-storage": {"aws_s3_bucket.loki-chunks"},
    f"account-{PROD.account.name}": {"aws_s3_bucket.state", "aws_kms_key.state-key"},
}

Stateful = Mapping[str, set[str]]


@pytest.fixture(scope="module")
def provider(synthesis: Path, tmp_path_factory: pytest.TempPathFactory) -> Provider:
    pinned = read_stacks(synthesis)["prod-network"].pinned_version
    try:
        find_terraform()
        return install_provider(pinned=pinned, folder=tmp_path_factory.mktemp("provider"))
    except (TerraformMissing, ProviderMissing) as reason:
        pytest.skip(f"NOTHING WAS REHEARSED: {reason}")


@pytest.fixture(scope="module")
def prod(synthesis: Path) -> list[Stack]:
    """The stacks of prod and of its account that have anything stateful."""
    own = ("prod-", f"account-{PROD.account.name}")
    stacks = [each for name, each in read_stacks(synthesis).items() if name.startswith(own)]
    return [each for each in stacks if each.is_aws_only and stateful(each)]


def stateful(stack: Stack) -> set[str]:
    """Addresses of what cannot be made again."""
    resources = stack.document.get("resource", {})
    return {f"{kind}.{name}" for kind in STATEFUL for name in resources.get(kind, {})}


@pytest.fixture(scope="module")
def copies(provider: Provider, prod: list[Stack], tmp_path_factory: pytest.TempPathFactory):
    """All stacks as modules of one configuration, and a state in which the stateful stands."""
    made = Copies(
        folder=tmp_path_factory.mktemp("standing"), provider=provider, schema=provider.schema()
    )
    made.write([offline(each) for each in prod])
    made.write_root(prod)
    standing = [each for stack in prod for each in instances(stack)]
    state = {"version": 4, "terraform_version": "1.10.0", "serial": 1, "lineage": "standing"}
    (made.folder / STATE).write_text(
        json.dumps({**state, "outputs": {}, "resources": standing, "check_results": None})
    )
    run(made, "get", "-no-color")
    return made


def offline(stack: Stack) -> Stack:
    """The stack with a provider that asks nobody in which account it is."""
    document: Any = copy.deepcopy(dict(stack.document))
    for block in document["provider"]["aws"]:
        block.pop("allowed_account_ids", None)
        block["skip_requesting_account_id"] = True
    return Stack(name=stack.name, dependencies=stack.dependencies, document=document)


def instances(stack: Stack) -> Iterator[dict[str, Any]]:
    provider = f'module.{stack.name}.provider["registry.terraform.io/hashicorp/aws"]'
    for address in sorted(stateful(stack)):
        kind, name = address.split(".")
        instance = {"schema_version": 0, "attributes": {"id": name}, "sensitive_attributes": []}
        yield {
            "module": f"module.{stack.name}", "mode": "managed", "type": kind, "name": name,
            "provider": provider, "instances": [instance],
        }  # fmt: skip


def run(copies: Copies, *arguments: str) -> str:
    terraform = Terraform(environment=copies.provider.environment)
    return terraform.run(*arguments, folder=copies.folder, seconds=SECONDS)


def plan_to_destroy(copies: Copies) -> str:
    # What stands in the state is compared with nothing: there is no AWS here.
    return run(copies, "plan", "-destroy", "-refresh=false", "-input=false", "-no-color")


def test_the_plan_to_destroy_prod_is_refused_and_names_each_stateful_resource(
    copies: Copies, prod: list[Stack]
):
    with pytest.raises(TerraformFailed) as refusal:
        plan_to_destroy(copies)
    said = " ".join(refusal.value.output.split())
    refused = set(re.findall(r"Resource (\S+) has lifecycle\.prevent_destroy set", said))
    assert refused == {f"module.{s.name}.{each}" for s in prod for each in stateful(s)}
    for stack, addresses in NAMED.items():
        assert {f"module.{stack}.{each}" for each in addresses} <= refused


def test_without_the_mark_the_same_plan_would_destroy_all_of_it(copies: Copies, prod: list[Stack]):
    """So it is the mark that refuses."""
    for stack in prod:
        file = copies.folder_of(stack.name) / CONFIGURATION
        file.write_text(file.read_text().replace('"prevent_destroy": true', '"ignore_changes": []'))
    said = plan_to_destroy(copies)
    count = sum(len(stateful(stack)) for stack in prod)
    assert f"Plan: 0 to add, 0 to change, {count} to destroy." in said
