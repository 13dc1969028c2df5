"""Environments and accounts together: what is refused, and how an unknown name is answered."""

from dataclasses import replace

import pytest

from stacks.environments import PLATFORM
from stacks.environments.accounts import NONPROD, SHARED
from stacks.environments.accounts import PROD as PROD_ACCOUNT
from stacks.environments.dev import DEV
from stacks.environments.prod import PROD
from stacks.environments.staging import STAGING
from stacks.settings import Environment, Platform
from tests.stacks.settings.refusal import refused


def beside_dev(**change: object) -> Platform:
    """A platform of dev and of staging with a change."""
    return replace(PLATFORM, environments=(DEV, replace(STAGING, **change)))


@pytest.mark.parametrize(
    "cidr",
    [
        pytest.param("10.10.0.0/16", id="the same"),
        pytest.param("10.10.128.0/17", id="one inside the other"),
    ],
)
def test_refuses_networks_of_two_environments_that_overlap(cidr: str) -> None:
    refusal = refused(lambda: beside_dev(network=replace(STAGING.network, cidr=cidr)))
    assert refusal.field == "Platform.network.cidr"
    assert "dev and staging" in refusal.problem
    assert "its own block" in refusal.mend


def test_refuses_the_larger_network_around_an_earlier_one() -> None:
    small = replace(DEV, network=replace(DEV.network, cidr="10.20.128.0/17"))
    refusal = refused(lambda: replace(PLATFORM, environments=(small, STAGING)))
    assert refusal.field == "Platform.network.cidr"


def test_refuses_one_domain_for_two_environments() -> None:
    refusal = refused(lambda: beside_dev(domain=replace(DEV.domain)))
    assert refusal.field == "Platform.domain.name"
    assert "staging." in refusal.mend


@pytest.mark.parametrize("host", ["api", "monitoring"])
def test_refuses_a_domain_that_is_another_environments_host(host: str) -> None:
    name = f"{host}.{DEV.domain.name}"
    refusal = refused(lambda: beside_dev(domain=replace(STAGING.domain, name=name, zone=name)))
    assert refusal.field == "Platform.domain.name"
    assert name in refusal.problem


def test_refuses_a_domain_where_another_environment_shows_argocd() -> None:
    domain = replace(DEV.domain, name=PROD.argocd_host, zone=PROD.argocd_host)
    refusal = refused(lambda: replace(PLATFORM, environments=(replace(DEV, domain=domain), PROD)))
    assert refusal.field == "Platform.domain.name"
    assert PROD.argocd_host in refusal.problem


def test_refuses_one_zone_that_two_environments_make() -> None:
    dev = replace(DEV, domain=replace(DEV.domain, zone="tribe.example.com"))
    staging = replace(STAGING, domain=replace(STAGING.domain, zone="tribe.example.com"))
    refusal = refused(lambda: replace(PLATFORM, environments=(dev, staging)))
    assert refusal.field == "Platform.domain.zone"
    assert "looked-up" in refusal.mend


def test_accepts_one_zone_that_another_environment_looks_up() -> None:
    dev = replace(DEV, domain=replace(DEV.domain, zone="tribe.example.com", zone_is="looked-up"))
    made = replace(PROD, domain=replace(PROD.domain, zone_is="made"))
    assert (
        replace(PLATFORM, environments=(dev, made)).environments[0].domain.zone
        == "tribe.example.com"
    )


def test_refuses_two_environments_of_one_name() -> None:
    refusal = refused(lambda: replace(PLATFORM, environments=(DEV, DEV)))
    assert refusal.field == "Platform.environments"
    assert refusal.mend == "Name each once."


def in_prods_account(environment: Environment, *, shared_with: tuple[str, ...]) -> Platform:
    """A platform in which `environment` stands where prod does."""
    guest = replace(environment, account=PROD_ACCOUNT)
    return replace(PLATFORM, environments=(guest, replace(PROD, shares_account_with=shared_with)))


def test_refuses_a_silent_guest_in_prods_account() -> None:
    refusal = refused(lambda: in_prods_account(DEV, shared_with=()))
    assert refusal.field == "Platform.account"
    assert 'shares_account_with=("dev",) in prod' in refusal.mend


def test_refuses_a_guest_in_prods_account_that_only_another_may_be() -> None:
    refusal = refused(lambda: in_prods_account(STAGING, shared_with=("dev",)))
    assert refusal.field in {"Platform.account", "Platform.shares_account_with"}


def test_refuses_a_guest_that_does_not_exist() -> None:
    prod = replace(PROD, shares_account_with=("stagging",))
    refusal = refused(lambda: replace(PLATFORM, environments=(DEV, STAGING, prod)))
    assert refusal.field == "Platform.shares_account_with"
    assert "staging" in refusal.mend


def test_accepts_a_guest_in_prods_account_that_says_so() -> None:
    assert (
        in_prods_account(DEV, shared_with=("dev",)).environments_in(PROD_ACCOUNT)[0].name == "dev"
    )


def test_refuses_a_registry_in_two_accounts() -> None:
    second = replace(PROD_ACCOUNT, holds_images=True)
    refusal = refused(lambda: replace(PLATFORM, accounts=(SHARED, NONPROD, second)))
    assert refusal.field == "Platform.accounts"
    assert "for one" in refusal.mend


def test_refuses_a_registry_in_no_account() -> None:
    refusal = refused(lambda: replace(PLATFORM, accounts=(NONPROD, PROD_ACCOUNT)))
    assert refusal.field == "Platform.accounts"
    assert "none" in refusal.problem


@pytest.mark.parametrize("field", ["name", "id", "state_bucket"])
def test_refuses_two_accounts_of_one(field: str) -> None:
    double = replace(PROD_ACCOUNT, **{field: getattr(NONPROD, field)})
    prod = replace(PROD, account=double)
    refusal = refused(
        lambda: Platform(accounts=(SHARED, NONPROD, double), environments=(DEV, STAGING, prod))
    )
    assert refusal.field == "Platform.accounts"
    assert field in refusal.problem


def test_accepts_two_accounts_whose_states_are_local() -> None:
    nonprod, prod = (replace(account, state_bucket=None) for account in (NONPROD, PROD_ACCOUNT))
    platform = Platform(
        accounts=(SHARED, nonprod, prod),
        environments=(replace(DEV, account=nonprod), replace(PROD, account=prod)),
    )
    assert [account.name for account in platform.accounts] == ["shared", "nonprod", "prod"]


def test_refuses_an_environment_in_an_account_that_is_not_listed() -> None:
    refusal = refused(lambda: replace(PLATFORM, accounts=(SHARED, NONPROD)))
    assert refusal.field == "Platform.accounts"
    assert "prod" in refusal.problem


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("prd", "Did you mean prod? There are dev, staging, prod."),
        ("Staging", "Did you mean staging? There are dev, staging, prod."),
        ("qa", "There are dev, staging, prod."),
        ("", "There are dev, staging, prod."),
    ],
)
def test_an_unknown_environment_is_answered_with_those_that_exist(name: str, mend: str) -> None:
    refusal = refused(lambda: PLATFORM.environment(name))
    assert (refusal.field, refusal.mend) == ("environment", mend)


def test_finds_each_environment_by_its_name() -> None:
    assert [PLATFORM.environment(name) for name in ("dev", "staging", "prod")] == [
        DEV,
        STAGING,
        PROD,
    ]
