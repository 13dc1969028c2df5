"""A stack whose state lies in a bucket of an emulated account, behind the backend that main.py
writes. What it makes is Terraform's own, needs no provider, and takes as long as a test wants.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.client import BaseClient

from delivery.stack_folder import CONFIGURATION, StackFolder
from delivery.terraform import Terraform
from rehearsal.emulator import Emulator
from rehearsal.rewriting import SECRET_KEY

SECONDS = 60

# The emulator's buckets have no names of their own in DNS.
INIT = "-backend-config=use_path_style=true"


@dataclass(frozen=True, kw_only=True)
class StackInBucket:
    """A folder, and what S3 holds of it."""

    stack: StackFolder
    backend: Mapping[str, Any]
    s3: BaseClient

    @classmethod
    def make(
        cls, folder: Path, *, name: str, backend: Mapping[str, Any], emulator: Emulator
    ) -> "StackInBucket":
        """backend: as synthesized; bucket and key become the stack's own."""
        (account,) = backend["allowed_account_ids"]
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "TF_")) and "proxy" not in name.lower()
        }
        environment = {
            **clean,
            **emulator.environment,
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
            "CHECKPOINT_DISABLE": "1",
        }
        stack = StackFolder(terraform=Terraform(environment=environment), path=folder / name)
        stack.path.mkdir()
        s3 = emulator.client("s3", account=account)
        own = {"bucket": f"{backend['bucket']}-{name}", "key": f"tribe/{name}.tfstate"}
        return cls(stack=stack, backend={**backend, **own}, s3=s3)

    def write(self, steps: Mapping[str, float]) -> None:
        """Its configuration: resources that are made one after the other.

        steps: each one's name → how many seconds its making takes. It leaves a file of its name.
        """
        resources: dict[str, Any] = {}
        for name, seconds in steps.items():
            command = f"touch {name} && exec sleep {seconds}"
            resources[name] = {"provisioner": [{"local-exec": {"command": command}}]}
            if len(resources) > 1:
                resources[name]["depends_on"] = [f"terraform_data.{list(resources)[-2]}"]
        document = {
            "terraform": {"backend": {"s3": self.backend}},
            "resource": {"terraform_data": resources},
        }
        (self.stack.path / CONFIGURATION).write_text(json.dumps(document))

    def start_apply(self) -> subprocess.Popen[bytes]:
        """Apply in the background, in a process group of its own."""
        terraform = self.stack.terraform
        return subprocess.Popen(
            [*terraform.command, "apply", "-input=false", "-no-color", "-auto-approve"],
            cwd=self.stack.path,
            env=dict(terraform.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait_until_making(self, step: str) -> None:
        """Until that resource is being made."""
        deadline = time.monotonic() + SECONDS
        while not (self.stack.path / step).exists():
            assert time.monotonic() < deadline, f"{step} was not begun within {SECONDS} s"
            time.sleep(0.05)

    def lock(self) -> dict[str, str] | None:
        """The lock that stands in the bucket, as Terraform wrote it."""
        return self._read(f"{self.backend['key']}.tflock")

    def state(self) -> dict[str, str]:
        """Resource → its id, as the state in the bucket has it."""
        content = self._read(self.backend["key"]) or {"resources": []}
        return {
            each["name"]: each["instances"][0]["attributes"]["id"] for each in content["resources"]
        }

    def has_changes(self) -> bool:
        """Whether a plan, made now, would change anything."""
        plan = self.stack.path / "second.tfplan"
        run = self.stack.terraform.run
        run("plan", f"-out={plan}", "-no-color", folder=self.stack.path, seconds=SECONDS)
        said = run("show", "-json", str(plan), folder=self.stack.path, seconds=SECONDS)
        return json.loads(said)["applyable"]

    def _read(self, key: str) -> Any:
        try:
            answer = self.s3.get_object(Bucket=self.backend["bucket"], Key=key)
        except self.s3.exceptions.NoSuchKey:
            return None
        return json.loads(answer["Body"].read())


def kill(process: subprocess.Popen[bytes]) -> None:
    """End it and all that it started, at once: nothing of it can tidy up."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(SECONDS)
