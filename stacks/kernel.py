"""The Node process behind jsii: one, started early, that loads only what is used.

jsii's Python runtime starts a Node that starts a second one and copies every message between
the two: 80 MiB, and a detour for each of a thousand calls. Here Python holds the second one's
socket itself, and starts it before the first import that needs it, so that Node boots while
Python imports. What goes over the socket is jsii's own protocol, unchanged.

This leans on the inside of jsii, so it holds for one version; with any other, jsii starts Node
in its own way, and synthesis is slower but the same.
"""

import atexit
import contextlib
import os
import platform
import select
import socket
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

WRITTEN_FOR = "1.142.0"
"""The version of jsii whose inside this file knows."""

PRELOAD = Path(__file__).with_name("bindings.cjs")

PATIENCE = 60.0
"""Seconds that Node has to end: a first run writes jsii's index of types, 4 to 8 seconds."""

# jsii talks over file descriptor 3. subprocess can hand a descriptor down but not choose its
# number; a shell can, and then becomes Node.
ON_DESCRIPTOR_3 = ("/bin/sh", "-c", 'exec "$@" 3<&0 0</dev/null', "sh")


def package_folder(name: str) -> Path:
    """Where the installed package `name` lies, found without importing it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} is not installed in {sys.prefix}: run `make synth`")
    return Path(spec.submodule_search_locations[0])


def start_early(*, node: str) -> bool:
    """Start Node for jsii to use later; False where jsii is of another version, or has its own."""
    if version("jsii") != WRITTEN_FOR or "constructs._jsii" in sys.modules:
        return False
    program = package_folder("jsii") / "_embedded" / "jsii" / "lib__program.js"
    channel, far_end = socket.socketpair()
    with far_end:
        process = subprocess.Popen(
            [
                *ON_DESCRIPTOR_3,
                node,
                "--max-old-space-size=4069",  # jsii's own number
                "--max-semi-space-size=8",  # MiB; at 16, its default, 16 MiB more for no time
                "--preserve-symlinks",
                f"--require={PRELOAD}",
                str(program),
            ],
            stdin=far_end.fileno(),
            env={**os.environ, "JSII_AGENT": f"Python/{platform.python_version()}"},
        )
    _hand_over(process, channel)
    return True


def _hand_over(process: subprocess.Popen[bytes], channel: socket.socket) -> None:
    """Make `process` the one that jsii talks to, through `channel`."""
    with channel:
        process.stdin = requests = channel.makefile("wb")
        process.stdout = responses = channel.makefile("rb")

    def leave() -> None:
        if requests.closed:
            return
        with contextlib.suppress(BrokenPipeError):
            requests.write(b'{"exit":0}\n')
            requests.close()
        # Popen.wait with a timeout sleeps between looks; the end of the channel wakes at once.
        if not select.select([responses], [], [], PATIENCE)[0]:
            process.kill()
        process.wait()
        responses.close()

    atexit.register(leave)

    from jsii._kernel.providers import process as runtime  # while Node boots

    class OneNode(runtime._NodeProcess):
        def start(self) -> None:
            self._process = process
            self.handshake()

        def stop(self) -> None:
            leave()

    runtime._NodeProcess = OneNode  # ty: ignore[invalid-assignment]
