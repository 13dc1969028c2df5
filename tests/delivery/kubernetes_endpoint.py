"""A Kubernetes API as far as its certificate, and an AWS CLI that knows one cluster."""

import json
import shutil
import socketserver
import ssl
import subprocess
import threading
from base64 import b64encode
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stand_in import write_stand_in

HOST = "abc123.gr7.eu-central-1.eks.amazonaws.com"

# Answers as the AWS CLI does; a session pipes its local port to the one in TRIBE_TEST_API.
AWS = r"""
import contextlib, json, os, socket, sys, threading

asked = " ".join(sys.argv[1:3])
option = dict(zip(sys.argv[3::2], sys.argv[4::2]))
known = json.loads(os.environ["TRIBE_TEST_CLUSTER"])


def pipe(source, sink):
    with contextlib.suppress(OSError), sink:
        while data := source.recv(4096):
            sink.sendall(data)


if asked == "eks describe-cluster":
    if known is None:
        sys.exit("An error occurred (ResourceNotFoundException): No cluster found")
    print(json.dumps({"cluster": known}))
elif asked == "ec2 describe-instances":
    machines = [{"InstanceId": each} for each in json.loads(os.environ["TRIBE_TEST_MACHINES"])]
    print(json.dumps({"Reservations": [{"Instances": machines}] if machines else []}))
elif asked == "ssm start-session":
    if "TRIBE_TEST_REFUSAL" in os.environ:
        sys.exit(os.environ["TRIBE_TEST_REFUSAL"])
    port = int(sys.argv[-1].removeprefix("localPortNumber="))
    with socket.create_server(("127.0.0.1", port)) as listening:
        while True:
            here, _ = listening.accept()
            there = socket.create_connection(("127.0.0.1", int(os.environ["TRIBE_TEST_API"])))
            for ends in ((here, there), (there, here)):
                threading.Thread(target=pipe, args=ends, daemon=True).start()
else:
    sys.exit(f"not known here: {asked}")
"""


def certificate(folder: Path, name: str) -> Path:
    """A new self-signed certificate for HOST with its key. Skips where no openssl can make one."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl on PATH: no certificate to check the tunnel's end against")
    path = folder / f"{name}.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName=DNS:{HOST}"),
            *("-keyout", str(path.with_suffix(".key")), "-out", str(path)),
        ],
        check=True,
        capture_output=True,
    )
    return path


class _Endpoint(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that does not like the certificate hangs up."""


@contextmanager
def endpoint(certificate: Path) -> Generator[int]:
    """Serve TLS with the certificate. Yields the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))

    class Handshake(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            context.wrap_socket(self.request, server_side=True).close()

    with _Endpoint(("127.0.0.1", 0), Handshake) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            serving.join()


def install_aws(folder: Path) -> None:
    """Put the AWS CLI, and the plugin that it asks for, into a folder of PATH."""
    for name, text in (("aws", AWS), ("session-manager-plugin", "")):
        write_stand_in(folder / name, text)


def described(certificate: Path) -> str:
    """What `aws eks describe-cluster` tells of the cluster with this authority."""
    authority = b64encode(certificate.read_bytes()).decode()
    return json.dumps({"endpoint": f"https://{HOST}", "certificateAuthority": {"data": authority}})
