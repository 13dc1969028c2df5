"""The table of what forces a new resource, against the provider itself."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from delivery.terraform import Terraform, TerraformMissing, find_terraform
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.stack import read_stacks
from review.stacks import plan
from review.stacks.argument import KNOWN_LATER
from review.stacks.dangers import encryption, firewall, iam, network, protection
from review.stacks.dangers.stateful import STATEFUL
from review.stacks.replacing import TABLE, replacing, table
from review.stacks.security_group import SOURCES
from tests.review.stacks.tiny import stack
from tools.replacing import ask, used, written


@pytest.fixture(scope="module")
def provider(synthesis: Path, tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """The version that the table names; without it nothing can be asked."""
    pinned = table()[0].rpartition(" ")[2]
    try:
        find_terraform()
        provider = install_provider(pinned=pinned, folder=tmp_path_factory.mktemp("provider"))
    except (TerraformMissing, ProviderMissing) as reason:
        pytest.skip(f"NO PROVIDER WAS ASKED WHAT REPLACES A RESOURCE: {reason}")
    if provider.version != pinned:
        pytest.skip(
            f"NO PROVIDER WAS ASKED WHAT REPLACES A RESOURCE: the table is {pinned}'s, and here "
            f"is {provider.version}. Make it anew with `python -m tools.replacing`."
        )
    return provider


@pytest.fixture(scope="module")
def asked(
    provider: Provider, synthesis: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """The table as the provider gives it today, and the folder of the plan that it comes from."""
    folder = tmp_path_factory.mktemp("asked") / "questions"
    answers = ask(used(synthesis), provider=provider, schema=provider.schema(), folder=folder)
    return written(answers, version=provider.version), folder


def test_the_table_is_what_the_provider_answers(asked: tuple[str, Path]) -> None:
    assert asked[0] == TABLE.read_text()


def test_a_real_plan_is_read_as_terraform_means_it(
    provider: Provider, asked: tuple[str, Path], tmp_path: Path
) -> None:
    terraform = Terraform(environment=provider.environment)
    text = terraform.run("show", "-json", "plan", folder=asked[1], seconds=60)
    (tmp_path / "dev-network.json").write_text(text)
    [planned] = plan.read(tmp_path, stacks=["dev-network"]).values()
    found = {each.address: each for each in plan.changes(planned, stack=stack({}))}
    vpc = found["aws_vpc.changed"]
    assert vpc.action == "replaced"
    told = {each.path: each for each in vpc.arguments}
    assert (told["cidr_block"].replaces, told["cidr_block"].after) == (True, KNOWN_LATER)
    assert not told["enable_dns_support"].replaces
    assert found["aws_internet_gateway.changed"].action == "changed"


def arguments_of(block: Mapping[str, Any]) -> set[str]:
    inner = block.get("block_types", {})
    return {
        *block.get("attributes", {}),
        *inner,
        *(name for each in inner.values() for name in arguments_of(each["block"])),
    }


def test_every_type_and_argument_that_a_rule_names_is_one_of_the_providers(
    provider: Provider,
) -> None:
    resources = provider.schema().resources
    owners = {**iam.FOR, **{kind: own[0] for kind, own in protection.GUARDIANS.items()}}
    owners |= {kind: own[0] for kind, own in firewall.PARTS.items()}
    assert {*owners, *STATEFUL} - set(resources) == set()
    for kind, owner in owners.items():
        assert not owner or owner in arguments_of(resources[kind]["block"]), f"{kind}.{owner}"
    known = set().union(*(arguments_of(each["block"]) for each in resources.values()))
    tables = (
        protection.GUARDS, protection.RISKS, protection.LEAST, protection.MOST, encryption.KEYS,
        encryption.STRENGTH, encryption.SWITCHES, encryption.TLS, network.PUBLIC_ACCESS, SOURCES,
    )  # fmt: skip
    assert {name for each in tables for name in each} - known == {"prevent_destroy"}


def test_every_type_of_the_stacks_is_in_the_table(synthesis: Path) -> None:
    kinds = {
        kind
        for each in read_stacks(synthesis).values()
        for kind in each.document.get("resource", {})
    }
    assert {kind for kind in kinds if kind.startswith("aws_")} <= set(table()[1])


def test_the_table_says_whose_word_it_is() -> None:
    content = json.loads(TABLE.read_text())
    assert content["provider"].startswith("hashicorp/aws 5.100.")
    assert list(content["types"]) == sorted(content["types"])


@pytest.mark.parametrize(
    ("kind", "path", "before", "after", "replaced"),
    [
        ("aws_subnet", "availability_zone", "a", "b", True),
        ("aws_subnet", "tags.Name", "a", "b", False),
        ("aws_autoscaling_group_tag", "tag[0].key", "a", "b", True),
        ("aws_autoscaling_group_tag", "tag", {"key": "a"}, {"key": "b"}, True),
        ("aws_autoscaling_group_tag", "tag[0].value", "a", "b", False),
        ("aws_acm_certificate", "subject_alternative_names[1]", "a", "b", True),
        ("aws_eks_cluster", "encryption_config", {"resources": []}, None, True),
        ("aws_eks_cluster", "encryption_config", None, {"resources": []}, False),
        ("aws_eks_node_group", "launch_template", None, {"id": "a"}, True),
        ("aws_eks_node_group", "launch_template", None, {"version": "1"}, False),
    ],
)
def test_an_argument_replaces_where_it_or_what_it_holds_does(
    kind: str, path: str, before: object, after: object, replaced: bool
) -> None:
    known = replacing(kind)
    assert known
    assert known.replaced_by(path, before=before, after=after) is replaced


def test_of_another_type_nothing_is_known() -> None:
    assert replacing("helm_release") is None
