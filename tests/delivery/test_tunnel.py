"""The way in: taken where it leads to the right cluster, and refused early where there is none."""

import json
import os
import socket
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from click.testing import CliRunner

from delivery import tunnel
from delivery.kubernetes_api import KubernetesApi
from delivery.tunnel import UnreachableError, way_in
from stacks.environments import PLATFORM
from tests.delivery.kubernetes_endpoint import HOST, certificate, described, endpoint, install_aws

PROD = PLATFORM.environment("prod")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("ours"), "ours")


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("theirs"), "theirs")


@pytest.fixture
def api_port(ours: Path) -> Generator[int]:
    with endpoint(ours) as port:
        yield port


@pytest.fixture
def outside(
    ours: Path, api_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> pytest.MonkeyPatch:
    """Outside of the VPC, with an AWS CLI, its plugin, a cluster, and the tunnel's machine."""
    install_aws(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TRIBE_TEST_CLUSTER", described(ours))
    monkeypatch.setenv("TRIBE_TEST_MACHINES", '["i-0123"]')
    monkeypatch.setenv("TRIBE_TEST_API", str(api_port))
    reach(monkeypatch, None)
    return monkeypatch


def reach(monkeypatch: pytest.MonkeyPatch, port: int | None) -> None:
    """Let the endpoint answer at a port of this machine; None lets it not answer."""
    plain = socket.create_connection

    def connect(address: tuple[str, int], timeout: float | None = None) -> socket.socket:
        if address[0] == HOST:
            if port is None:
                raise TimeoutError
            return plain(("127.0.0.1", port), timeout)
        return plain(address, timeout)

    monkeypatch.setattr(socket, "create_connection", connect)


def test_an_api_answers_where_its_own_certificate_is_shown(
    ours: Path, theirs: Path, api_port: int
) -> None:
    api = KubernetesApi(environment=PROD, host=HOST, authority=ours.read_text())
    assert api.answers("127.0.0.1", api_port)
    with endpoint(theirs) as port:
        assert not api.answers("127.0.0.1", port)
    assert not api.answers("127.0.0.1", port)


def test_what_says_nothing_is_no_answer_and_takes_no_longer_than_it_may(ours: Path) -> None:
    api = KubernetesApi(environment=PROD, host=HOST, authority=ours.read_text())
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        assert not api.answers("127.0.0.1", silent.getsockname()[1], seconds=0.2)
    assert time.monotonic() - begun < 3


def test_an_endpoint_that_answers_needs_no_tunnel(
    outside: pytest.MonkeyPatch, api_port: int
) -> None:
    reach(outside, api_port)
    outside.setenv("TRIBE_TEST_REFUSAL", "nobody asked for a session")
    with way_in(PROD) as way:
        assert way.server == f"https://{HOST}"


def test_from_outside_the_tunnel_is_taken_and_closed_again(outside: pytest.MonkeyPatch) -> None:
    with way_in(PROD) as way:
        port = int(way.server.removeprefix("https://127.0.0.1:"))
        assert way.variables["TF_VAR_kubernetes_api"] == way.server
        kubeconfig = Path(way.variables["KUBECONFIG"])
        [cluster] = json.loads(kubeconfig.read_text())["clusters"]
        assert cluster["cluster"]["server"] == way.server
        assert cluster["cluster"]["tls-server-name"] == HOST
        assert kubeconfig.stat().st_mode & 0o077 == 0
    assert not kubeconfig.exists()
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.1", port)):
        pass


def test_kubectl_is_told_of_no_secret(ours: Path) -> None:
    api = KubernetesApi(environment=PROD, host=HOST, authority=ours.read_text())
    [user] = json.loads(api.kubeconfig("https://127.0.0.1:1"))["users"]
    assert user["user"].keys() == {"exec"}
    assert user["user"]["exec"]["command"] == "aws"


def refusal() -> str:
    """Why there is no way in."""
    with pytest.raises(UnreachableError) as caught, way_in(PROD):
        pass
    return str(caught.value)


def test_a_refusal_names_the_cluster_the_verb_and_the_mend(
    outside: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "session-manager-plugin").unlink()
    told = refusal()
    assert "The Kubernetes API of tribe-prod is private" in told
    assert "make tunnel ENV=prod" in told
    assert "session-manager-plugin" in told
    assert "https://docs.aws.amazon.com/" in told


def test_without_a_machine_the_stack_that_makes_it_is_named(outside: pytest.MonkeyPatch) -> None:
    outside.setenv("TRIBE_TEST_MACHINES", "[]")
    assert "prod-access" in refusal()


def test_what_session_manager_says_is_passed_on(outside: pytest.MonkeyPatch) -> None:
    outside.setenv("TRIBE_TEST_REFUSAL", "AccessDeniedException: not yours")
    assert "AccessDeniedException: not yours" in refusal()


def test_a_tunnel_that_leads_to_another_cluster_is_none(
    outside: pytest.MonkeyPatch, theirs: Path
) -> None:
    outside.setattr(tunnel, "OPEN_SECONDS", 1.0)
    with endpoint(theirs) as port:
        outside.setenv("TRIBE_TEST_API", str(port))
        assert "nothing in 1 s" in refusal()


def test_where_no_cluster_stands_deploying_is_the_mend(outside: pytest.MonkeyPatch) -> None:
    outside.setenv("TRIBE_TEST_CLUSTER", "null")
    assert "make deploy ENV=prod" in refusal()


def test_a_command_runs_with_the_way_in_and_its_code_is_kept(outside: pytest.MonkeyPatch) -> None:
    program = "import os, sys; sys.exit(7 if os.environ['TF_VAR_kubernetes_api'] else 0)"
    ended = CliRunner().invoke(tunnel.main, ["prod", "--", sys.executable, "-c", program])
    assert ended.exit_code == 7, ended.output


def test_an_unknown_environment_is_refused_with_those_that_exist() -> None:
    ended = CliRunner().invoke(tunnel.main, ["production"])
    assert ended.exit_code == 1
    assert "prod" in ended.output
    assert "KUBECONFIG" not in os.environ
