"""A stack's plan file, kept so that another machine applies exactly what was approved.

A plan file holds what the state holds: whoever may not read the state must not read it either.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from delivery.stack_folder import (
    APPLY_LIMIT,
    CONFIGURATION,
    PLAN_LIMIT,
    READ_LIMIT,
    StackFolder,
)
from delivery.terraform import TerraformFailed

PROVIDER_LOCK = ".terraform.lock.hcl"

# What Terraform says where something was applied since the plan was made.
STALE = "Saved plan is stale"


class NotApprovedError(Exception):
    """Not what was approved; nothing of it was applied."""


class StalePlanError(Exception):
    """The stack changed after its plan was made; nothing of the plan was applied."""


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """The plan of one stack.

    folder: where the plan is kept, with the lock of the providers that made it.
    """

    stack: StackFolder
    folder: Path

    @property
    def name(self) -> str:
        return self.stack.path.name

    def make(self) -> None:
        """Plan the stack. Raises: TerraformFailed."""
        self.stack.init()
        self.folder.mkdir(parents=True, exist_ok=True)
        # Without the state's lock, for which a role that only looks may not write: should someone
        # apply meanwhile, the plan is stale, and refused as such.
        self._run(
            "plan", "-input=false", "-no-color", "-lock=false", f"-out={self._plan}",
            seconds=PLAN_LIMIT,
        )  # fmt: skip
        lock = self.stack.path / PROVIDER_LOCK
        if lock.exists():  # a stack without providers has none
            shutil.copy(lock, self._lock)

    def content(self) -> dict[str, Any]:
        """The plan as Terraform's JSON. Secrets stand in it in clear: never print it."""
        said = self._run("show", "-json", "-no-color", str(self._plan), seconds=READ_LIMIT)
        return json.loads(said)

    def text(self) -> str:
        """The plan as Terraform shows it to people, without what is marked as sensitive."""
        return self._run("show", "-no-color", str(self._plan), seconds=READ_LIMIT)

    def digest(self, *, commit: str) -> str:
        """What approval is given to: this plan, of this stack as it was synthesized at `commit`."""
        parts = {
            "commit": commit,
            "stack": self.name,
            "configuration": _sha256(self.stack.path / CONFIGURATION),
            "plan": _sha256(self._plan),
            "providers": _sha256(self._lock),
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def apply(self, *, approved: str, commit: str) -> None:
        """Apply it. approved: the digest of what a person saw.

        Raises: NotApprovedError, StalePlanError, TerraformFailed.
        """
        if self.digest(commit=commit) != approved:
            raise NotApprovedError(
                f"{self.name}: its plan, its configuration or its providers are not those that "
                "were approved. Run all jobs again, so that it is planned and shown anew."
            )
        if self._lock.exists():
            shutil.copy(self._lock, self.stack.path / PROVIDER_LOCK)
        self.stack.init("-lockfile=readonly")
        try:
            self._run("apply", "-input=false", "-no-color", str(self._plan), seconds=APPLY_LIMIT)
        except TerraformFailed as failure:
            if STALE in failure.output:
                raise StalePlanError(
                    f"{self.name} was changed after it was planned. Run all jobs again, so that "
                    "it is planned and shown anew."
                ) from failure
            raise

    @property
    def _plan(self) -> Path:
        return self.folder.absolute() / f"{self.name}.tfplan"

    @property
    def _lock(self) -> Path:
        # Not hidden: hidden files are left out when artifacts are uploaded.
        return self.folder / f"{self.name}.lock.hcl"

    def _run(self, *arguments: str, seconds: float) -> str:
        return self.stack.terraform.run(*arguments, folder=self.stack.path, seconds=seconds)


def is_applyable(content: dict[str, Any]) -> bool:
    """Whether applying the plan would change anything: a resource, an output or the state."""
    if content["errored"] or not content["complete"]:
        raise ValueError("Terraform says that the plan is not whole: it cannot be judged.")
    return content["applyable"]


def changes_in(content: dict[str, Any]) -> list[str]:
    """The plan's changes, one line each: what is done to which resource or output. No values."""
    lines = []
    for change in content.get("resource_changes", []):
        actions = [each for each in change["change"]["actions"] if each not in ("no-op", "read")]
        if actions:
            lines.append(f"{' and '.join(actions)} {change['address']}")
    for name, change in content.get("output_changes", {}).items():
        if change["actions"] != ["no-op"]:
            lines.append(f"{' and '.join(change['actions'])} output {name}")
    return lines


def _sha256(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None
