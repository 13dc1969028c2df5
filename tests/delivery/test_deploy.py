"""Deploying: refused before anything is applied where it could not end, else in its order."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from delivery import deploy as verb
from delivery.kubernetes_api import KubernetesApi
from delivery.tunnel import UnreachableError, WayIn
from stacks.environments import PLATFORM
from stacks.settings import Environment

PROD = PLATFORM.environment("prod")
NAMES = ["prod-network", "prod-cluster", "prod-access", "prod-gitops"]
WAY = WayIn(
    server="https://127.0.0.1:1", variables={"TF_VAR_kubernetes_api": "https://127.0.0.1:1"}
)

Applied = list[tuple[list[str], dict[str, str]]]


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> Applied:
    """What is applied, call by call: the stacks, and what the command is told."""
    calls: Applied = []

    def apply(
        names: Sequence[str], *, cdktf: Sequence[str], variables: Mapping[str, str] | None = None
    ) -> int:
        calls.append((list(names), dict(variables or {})))
        return 0

    monkeypatch.setattr(verb, "synthesize", lambda: None)
    monkeypatch.setattr(verb, "stacks_of", lambda *_, **__: list(NAMES))
    monkeypatch.setattr(verb, "_apply", apply)
    return calls


def lead(monkeypatch: pytest.MonkeyPatch, *, stands: bool, opens: bool) -> None:
    """Whether the cluster stands, and whether a way leads to it."""

    @contextmanager
    def way_in(environment: Environment) -> Generator[WayIn]:
        if not opens:
            raise UnreachableError(environment, "nothing leads there.")
        yield WAY

    api = KubernetesApi(environment=PROD, host="host", authority="")
    monkeypatch.setattr(verb, "api_of", lambda _: api if stands else None)
    monkeypatch.setattr(verb, "way_in", way_in)


def test_argo_cd_comes_last_and_by_the_way_in(
    monkeypatch: pytest.MonkeyPatch, applied: Applied
) -> None:
    lead(monkeypatch, stands=True, opens=True)
    ended = CliRunner().invoke(verb.main, ["prod", "cdktf"])
    assert ended.exit_code == 0, ended.output
    assert applied == [(NAMES[:-1], {}), (["prod-gitops"], dict(WAY.variables))]


def test_a_deploy_from_outside_is_refused_before_anything_is_applied(
    monkeypatch: pytest.MonkeyPatch, applied: Applied
) -> None:
    lead(monkeypatch, stands=True, opens=False)
    ended = CliRunner().invoke(verb.main, ["prod", "cdktf"])
    assert ended.exit_code == 1
    assert "make tunnel ENV=prod" in ended.output
    assert applied == []


def test_the_first_deploy_needs_no_way_in_before_the_cluster_stands_but_the_tools_for_it(
    monkeypatch: pytest.MonkeyPatch, applied: Applied
) -> None:
    lead(monkeypatch, stands=False, opens=True)
    monkeypatch.setattr(verb, "check_tools", lambda _: None)
    assert CliRunner().invoke(verb.main, ["prod", "cdktf"]).exit_code == 0
    assert [names for names, _ in applied] == [NAMES[:-1], ["prod-gitops"]]


def test_the_first_deploy_is_refused_where_a_tunnel_could_never_be_opened(
    monkeypatch: pytest.MonkeyPatch, applied: Applied
) -> None:
    lead(monkeypatch, stands=False, opens=True)
    monkeypatch.setenv("PATH", "")
    ended = CliRunner().invoke(verb.main, ["prod", "cdktf"])
    assert ended.exit_code == 1
    assert "session-manager-plugin" in ended.output
    assert applied == []


def test_a_stack_that_fails_ends_the_deploy(
    monkeypatch: pytest.MonkeyPatch, applied: Applied
) -> None:
    lead(monkeypatch, stands=True, opens=True)
    monkeypatch.setattr(verb, "_apply", lambda names, **_: applied.append((list(names), {})) or 3)
    assert CliRunner().invoke(verb.main, ["prod", "cdktf"]).exit_code == 3
    assert [names for names, _ in applied] == [NAMES[:-1]]


def test_an_unknown_environment_is_refused_with_those_that_exist(applied: Applied) -> None:
    ended = CliRunner().invoke(verb.main, ["production", "cdktf"])
    assert ended.exit_code == 1
    assert "dev, staging, prod" in ended.output
    assert applied == []
