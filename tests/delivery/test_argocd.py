"""Argo CD on a local port: by the way in, at the port that sign-on comes back to."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from delivery import argocd
from delivery.tunnel import WayIn
from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.stand_in import write_stand_in

DEV = PLATFORM.environment("dev")

# Writes what it was asked, and how it finds the cluster.
KUBECTL = """
import os, pathlib, sys
told = [os.environ["KUBECONFIG"], *sys.argv[1:]]
pathlib.Path(os.environ["TRIBE_TEST_SAID"]).write_text(" ".join(told))
"""


def test_the_servers_port_is_forwarded_by_the_way_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said"
    write_stand_in(tmp_path / "kubectl", KUBECTL)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TRIBE_TEST_SAID", str(said))

    @contextmanager
    def way_in(environment: Environment) -> Generator[WayIn]:
        assert environment == DEV
        yield WayIn(server="https://127.0.0.1:1", variables={"KUBECONFIG": "/the/way/in"})

    monkeypatch.setattr(argocd, "way_in", way_in)
    ended = CliRunner().invoke(argocd.main, ["dev"])
    assert ended.exit_code == 0, ended.output
    assert said.read_text() == (
        "/the/way/in --namespace argocd port-forward service/argocd-server 8443:443"
    )
    assert f"https://{DEV.argocd_host}" in ended.output


def test_people_are_told_how_to_sign_in() -> None:
    assert "company account" in argocd.how_to_sign_in(DEV)
    without = replace(DEV, gitops=replace(DEV.gitops, sso=None))
    assert "argocd-initial-admin-secret" in argocd.how_to_sign_in(without)
    assert "make tunnel ENV=dev" in argocd.how_to_sign_in(without)


def test_an_unknown_environment_is_refused_with_those_that_exist() -> None:
    ended = CliRunner().invoke(argocd.main, ["develop"])
    assert ended.exit_code == 1
    assert "dev, staging, prod" in ended.output
