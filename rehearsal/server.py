"""A server process on a free port of this machine's loopback, with a temporary home of its own."""

import contextlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Self

START_SECONDS = 30
STOP_SECONDS = 5
LOG_END = 20
"""Lines of a server's log that an error shows."""

WATCHED = """
import os, runpy, sys, threading

def watch():
    sys.stdin.read()
    os._exit(1)

threading.Thread(target=watch, daemon=True).start()
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""Runs a module that ends when its input closes: also when whoever started it was killed."""

HOST = "localhost"
ADDRESS = "127.0.0.1"


class ServerFailed(Exception):
    """A server did not start, or died; the end of its log is in the message."""


class Server:
    """One server, running from `start()` to `stop()`, or for a `with` block.

    health: the path that answers with status 200 once the server is ready.
    certificate: below its home, where a server that speaks TLS puts its certificate.
    """

    def __init__(self, *, name: str, health: str, certificate: str | None = None) -> None:
        self.name = name
        self.port = _free_port()
        self.home = Path(tempfile.mkdtemp(prefix=f"tribe-{name}-"))
        self.certificate = self.home / certificate if certificate else None
        self._health = health
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self.certificate else 'http'}://{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ServerFailed(f"{self.name} is not running.")
        return self._process

    def opener(self) -> urllib.request.OpenerDirector:
        """Opens URLs of this server: it trusts its certificate, and goes by no proxy."""
        trust = ssl.create_default_context(cafile=self.certificate)
        return urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trust)
        )

    def start(self, module: str, *arguments: str, environment: Mapping[str, str]) -> Self:
        """Start a Python module. It sees `environment`, PATH and its home, and no more."""
        own = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.home),
            "TMPDIR": str(self.home),
        }
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                (sys.executable, "-c", WATCHED, module, *arguments),
                cwd=self.home,
                env={**own, **environment},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            if self._is_healthy():
                return
            time.sleep(0.1)
        end = "\n".join(self.log.read_text(errors="replace").splitlines()[-LOG_END:])
        raise ServerFailed(f"{self.name} did not start within {START_SECONDS} s.\n{end}")

    def stop(self) -> None:
        """End the process and its children, and remove what it wrote. Can be called again."""
        if self._process:
            # It has nothing to save, and asked politely it would wait for its open connections.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate(timeout=STOP_SECONDS)
            self._process = None
        shutil.rmtree(self.home, ignore_errors=True)

    def _is_healthy(self) -> bool:
        try:
            with self.opener().open(f"{self.url}{self._health}", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return probe.getsockname()[1]
