"""Argo CD where git is open to all and nobody is told: no secret has to be read for it."""

import yaml

from tests.stacks.terraform_json import resources
from tests.stacks.test_odd_platform import odd
from tests.synthesis import Stack

__all__ = ["odd"]


def test_an_open_repository_needs_no_key(odd: dict[str, Stack]) -> None:
    assert "ephemeral" not in odd["dev-gitops"]
    assert "kubernetes_secret_v1" not in odd["dev-gitops"]["resource"]


def test_elsewhere_both_keys_are_read_and_written_in_no_state(odd: dict[str, Stack]) -> None:
    prod = odd["prod-gitops"]
    assert set(prod["ephemeral"]["aws_secretsmanager_secret_version"]) == {
        "repository",
        "notifications",
    }
    for secret in resources(prod, "kubernetes_secret_v1").values():
        assert {"data_wo", "data_wo_revision"} <= secret.keys()
        assert "data" not in secret


def test_without_sign_on_there_is_a_local_administrator(odd: dict[str, Stack]) -> None:
    releases = resources(odd["dev-gitops"], "helm_release").values()
    [values] = [each["values"] for each in releases if each["chart"] == "argo-cd"]
    merged = yaml.safe_load(values[-1])["configs"]
    assert merged == {"cm": {"admin.enabled": True}, "rbac": {}}
