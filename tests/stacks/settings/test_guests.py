"""Who stands in prod's account is named there, one by one."""

from dataclasses import replace

import pytest

from stacks.environments import PLATFORM
from stacks.environments.dev import DEV
from stacks.environments.prod import PROD
from stacks.environments.staging import STAGING
from stacks.settings import SettingsError
from tests.stacks.settings.refusal import refused


def test_a_guest_is_refused_where_another_one_is_named() -> None:
    guest = replace(STAGING, account=PROD.account)
    prod = replace(PROD, shares_account_with=("dev",))
    refusal = refused(lambda: replace(PLATFORM, environments=(DEV, guest, prod)))
    assert refusal.field == "Platform.account"
    assert "of staging and prod is the same" in refusal.problem
    assert 'shares_account_with=("staging",) in prod' in refusal.mend


def test_an_unknown_account_is_answered_with_those_that_exist() -> None:
    with pytest.raises(SettingsError) as refusal:
        PLATFORM.account("prd")
    names = ", ".join(account.name for account in PLATFORM.accounts)
    assert refusal.value.mend == f"Did you mean prod? There are {names}."
    assert PLATFORM.account("prod") is PROD.account
