"""Argo CD of an environment that has nothing beside it: no sign-on, no host, no notifications."""

from dataclasses import replace
from typing import Any

import pytest
import yaml

from stacks.argocd import chart_values
from stacks.environments.dev import DEV
from stacks.settings import SettingsError

PLAIN = replace(DEV, gitops=replace(DEV.gitops, sso=None, host=None, notifications=None))


def own() -> dict[str, Any]:
    return yaml.safe_load(chart_values(PLAIN)[-1])


def test_without_sign_on_the_local_administrator_is_the_way_in() -> None:
    assert own()["configs"] == {"cm": {"admin.enabled": True}, "rbac": {}}


def test_without_a_host_there_is_no_ingress_and_the_address_is_the_local_port() -> None:
    assert own()["server"] == {}
    assert own()["global"] == {"domain": "localhost:8443"}


def test_nobody_is_told_where_nobody_asked() -> None:
    assert own()["notifications"] == {}


def test_an_environment_without_values_of_its_own_is_refused_with_the_mend() -> None:
    apply = DEV.deployer.apply.replace(":environment:dev", ":environment:qa")
    other = replace(DEV, name="qa", deployer=replace(DEV.deployer, apply=apply))
    with pytest.raises(
        SettingsError, match=r"qa has no values for Argo CD. Write argocd/values-qa"
    ):
        chart_values(other)
