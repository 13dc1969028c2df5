"""The emulators: where they listen, what they leave behind, and what the lists say they lack."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearsal.detour import DETOURS, Missing
from rehearsal.emulator import Emulator
from rehearsal.server import Server, ServerFailed
from tests.synthesis import ROOT

SECONDS = 10
REGION = "eu-central-1"
ACCOUNT = "222222222222"
LOOPBACK = "0100007F"  # 127.0.0.1 as Linux writes it in /proc/net/tcp


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(region=REGION, account=ACCOUNT) as emulator:
        yield emulator


@pytest.fixture(scope="module")
def cluster(emulator: Emulator) -> dict:
    """A cluster, as ministack describes it."""
    eks = emulator.client("eks", account=ACCOUNT)
    eks.create_cluster(
        name="tribe-dev",
        roleArn=f"arn:aws:iam::{ACCOUNT}:role/cluster",
        resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]},
    )
    return eks.describe_cluster(name="tribe-dev")["cluster"]


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="Only Linux tells who listens.")
def test_the_emulators_listen_on_loopback_alone(emulator: Emulator) -> None:
    tables = [Path("/proc/net", name).read_text() for name in ("tcp", "tcp6")]
    for server in (emulator.ministack, emulator.moto):
        found = re.findall(rf"\d+: ([0-9A-F]+):{server.port:04X} \S+ 0A ", "".join(tables))
        assert found == [LOOPBACK], server.name


def test_a_twelve_digit_key_is_the_account(emulator: Emulator) -> None:
    for account in (ACCOUNT, "333333333333"):
        told = emulator.client("sts", account=account).get_caller_identity()
        assert told["Account"] == account


def test_a_clusters_oidc_issuer_is_https(cluster: dict) -> None:
    assert cluster["identity"]["oidc"]["issuer"].startswith("https://")


def test_stopped_emulators_leave_nothing() -> None:
    with Emulator(region=REGION, account=ACCOUNT) as emulator:
        servers = (emulator.ministack, emulator.moto)
        processes = [server.process for server in servers]
        assert all(server.log.exists() for server in servers)
    assert all(process.poll() is not None for process in processes)
    assert not any(server.home.exists() for server in servers)


def test_emulators_end_with_the_process_that_started_them_even_if_it_was_killed(
    tmp_path: Path,
) -> None:
    start = f"""
from rehearsal.emulator import Emulator
with Emulator(region={REGION!r}, account={ACCOUNT!r}) as emulator:
    print(emulator.ministack.port, emulator.moto.port, flush=True)
    input()
"""
    with subprocess.Popen(
        (sys.executable, "-c", start),
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        ports = [int(port) for port in process.stdout.readline().split()]
        assert len(ports) == 2
        assert all(answers(port) for port in ports)
        process.kill()
    deadline = time.monotonic() + SECONDS
    while any(answers(port) for port in ports) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(answers(port) for port in ports)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_server_that_dies_says_so_with_the_end_of_its_log() -> None:
    server = Server(name="stillborn", health="/")
    server.start("no_such_module", environment={})
    try:
        with pytest.raises(ServerFailed, match=r"stillborn did not start(.|\n)*no_such_module"):
            server.wait_until_healthy()
    finally:
        server.stop()


# Each action once, in the same order in every worker.
@pytest.mark.parametrize(
    "missing", dict.fromkeys(each.missing for each in DETOURS), ids=lambda each: each.target
)
def test_what_takes_a_detour_is_still_unknown_to_ministack(
    missing: Missing, emulator: Emulator
) -> None:
    request = urllib.request.Request(
        emulator.ministack.url,
        data=b"{}",
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": missing.target,
            "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/{REGION}/"
            f"{missing.service}/aws4_request, SignedHeaders=host, Signature=0",
        },
    )
    with pytest.raises(urllib.error.HTTPError) as refusal:
        emulator.ministack.opener().open(request, timeout=10)
    with refusal.value as answer:
        assert answer.status == 400
        assert re.search(r"[Uu]nknown( \w+)? action", answer.read().decode())


def test_an_external_identity_provider_still_stays_creating_for_ever(
    emulator: Emulator, cluster: dict
) -> None:
    eks = emulator.client("eks", account=ACCOUNT)
    eks.associate_identity_provider_config(
        clusterName=cluster["name"],
        oidc={
            "identityProviderConfigName": "people",
            "issuerUrl": "https://login.example.com",
            "clientId": "kubernetes",
        },
    )
    time.sleep(2)
    told = eks.describe_identity_provider_config(
        clusterName=cluster["name"], identityProviderConfig={"type": "oidc", "name": "people"}
    )
    assert told["identityProviderConfig"]["oidc"]["status"] == "CREATING"
