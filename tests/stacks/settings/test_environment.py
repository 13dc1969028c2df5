"""An environment's parts together: what is refused everywhere, and what only prod refuses."""

from dataclasses import replace

import pytest

from stacks.environments.dev import DEV
from stacks.environments.nodes import SYSTEM
from stacks.environments.prod import PROD
from stacks.settings import Account, Environment
from tests.stacks.settings.refusal import refused


def renamed(name: str) -> Environment:
    """dev under another name, whose deployer says so too."""
    deployer = replace(DEV.deployer, apply=f"repo:tribe-example/platform:environment:{name}")
    return replace(DEV, name=name, deployer=deployer)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("d", id="one letter"),
        pytest.param("Dev", id="upper case"),
        pytest.param("dev_1", id="an underscore"),
        pytest.param("dev-1", id="a dash, which other environments' wildcards would match"),
        pytest.param("1dev", id="a leading digit"),
        pytest.param("dev\n", id="a trailing newline"),
        pytest.param("d\u00e9v", id="a letter that is not ASCII"),
        pytest.param("developments1", id="thirteen letters"),
        pytest.param("account", id="the name of the accounts' own stacks"),
    ],
)
def test_refuses_the_name(name: str) -> None:
    refusal = refused(lambda: replace(DEV, name=name))
    assert refusal.field == "Environment.name"
    assert "Write" in refusal.mend


@pytest.mark.parametrize("name", ["qa", "dev2", "preproduction"[:12]])
def test_accepts_the_name(name: str) -> None:
    assert renamed(name).cluster_name == f"tribe-{name}"


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"region": "europe"}, "region", '"eu-central-1"', id="what is no region"),
        pytest.param(
            {"region": "eu-west-1"},
            "network.availability_zones",
            "eu-west-1a",
            id="zones of another region",
        ),
        pytest.param(
            {"cluster": replace(DEV.cluster, service_cidr="10.10.128.0/17")},
            "cluster.service_cidr",
            "Move one",
            id="Services inside the VPC",
        ),
        pytest.param(
            {"cluster": replace(DEV.cluster, service_cidr="10.0.0.0/12")},
            "cluster.service_cidr",
            "Move one",
            id="the VPC inside Services",
        ),
        pytest.param(
            {"network": replace(DEV.network, cidr="10.10.0.0/21")},
            "network.cidr",
            "larger block or fewer nodes",
            id="more nodes than addresses",
        ),
        pytest.param(
            {"key_deletion_days": 6}, "key_deletion_days", "7 to 30", id="a key gone too soon"
        ),
        pytest.param(
            {"key_deletion_days": 31}, "key_deletion_days", "7 to 30", id="a key gone too late"
        ),
        pytest.param(
            {"secret_recovery_days": 6}, "secret_recovery_days", "7 to 30", id="six days to recover"
        ),
        pytest.param(
            {"secret_recovery_days": 31}, "secret_recovery_days", "or 0", id="31 days to recover"
        ),
        pytest.param(
            {
                "deployer": replace(
                    DEV.deployer, apply="repo:tribe-example/platform:environment:prod"
                )
            },
            "deployer",
            '":environment:dev"',
            id="another environment's deployer",
        ),
        pytest.param(
            {"account": replace(DEV.account, state_bucket="tribe-dev-state")},
            "account",
            "tribe-state",
            id="a state bucket that its own deployer may empty",
        ),
        pytest.param({"account": "222222222222"}, "account", "Account", id="an id for an account"),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(DEV, **change))
    assert refusal.field == f"Environment.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"production": False}, "production", "True", id="the name without the rules"),
        pytest.param(
            {"cluster": replace(PROD.cluster, deletion_protection=False)},
            "cluster.deletion_protection",
            "Write True",
            id="a cluster that can be deleted",
        ),
        pytest.param(
            {"cluster": replace(PROD.cluster, public_access_cidrs=("198.51.100.7/32",))},
            "cluster.public_access_cidrs",
            "Leave it empty",
            id="a public endpoint",
        ),
        pytest.param(
            {"network": replace(PROD.network, nat_gateways="one")},
            "network.nat_gateways",
            '"one-per-zone"',
            id="one NAT gateway",
        ),
        pytest.param(
            {
                "network": replace(
                    PROD.network, availability_zones=("eu-central-1a", "eu-central-1b")
                )
            },
            "network.availability_zones",
            "at least three",
            id="two zones",
        ),
        pytest.param(
            {"key_deletion_days": 29}, "key_deletion_days", "Write 30", id="a key gone in 29 days"
        ),
        pytest.param(
            {"secret_recovery_days": 0},
            "secret_recovery_days",
            "Write 30",
            id="secrets gone at once",
        ),
        pytest.param(
            {"secret_recovery_days": 29},
            "secret_recovery_days",
            "Write 30",
            id="29 days to recover",
        ),
    ],
)
def test_prod_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(PROD, **change))
    assert refusal.field == f"Environment.{field}"
    assert mend in refusal.mend


def test_every_rule_of_prod_holds_for_any_environment_in_production() -> None:
    refusal = refused(lambda: replace(DEV, production=True))
    assert refusal.field.startswith("Environment.")
    assert "production" in refusal.problem


def test_accepts_a_small_network_for_few_nodes() -> None:
    few = replace(DEV.cluster, node_groups=(replace(SYSTEM, max_size=3),))
    small = replace(DEV.network, cidr="10.10.0.0/21")
    environment = replace(DEV, network=small, cluster=few)
    assert environment.network.private_addresses == 502
    assert environment.cluster.most_node_addresses == 384


def test_accepts_an_account_whose_states_are_local() -> None:
    local = Account(name="local", id="444444444444", region="eu-central-1", state_bucket=None)
    assert replace(DEV, account=local).account.state_bucket is None
