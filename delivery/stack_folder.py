"""One synthesized stack as Terraform sees it: a folder to initialize, plan, apply and read."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from delivery.terraform import Terraform

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "cdktf.out"
CONFIGURATION = "cdk.tf.json"

# Seconds. A cluster takes a quarter of an hour to make, and its node groups a few minutes more.
INIT_LIMIT = 300
PLAN_LIMIT = 900
APPLY_LIMIT = 5400
READ_LIMIT = 120

PLAN_FILE = "approved.tfplan"


def synthesize() -> None:
    """Write all stacks anew, quietly. Raises: SystemExit where main.py refuses."""
    made = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False
    )
    if made.returncode:
        sys.exit(made.returncode)


@dataclass(frozen=True, kw_only=True)
class StackFolder:
    """A stack's folder, and what people do with it. Every method raises TerraformFailed."""

    terraform: Terraform
    path: Path

    @classmethod
    def of(cls, name: str, *, terraform: Terraform, output: Path = OUTPUT) -> "StackFolder":
        """The folder of the stack called `name`, as main.py wrote it into `output`."""
        return cls(terraform=terraform, path=output / "stacks" / name)

    def init(self, *options: str) -> None:
        """Get the provider and the state."""
        self._run("init", "-input=false", "-no-color", *options, seconds=INIT_LIMIT)

    def apply(self, *options: str, ask: bool = True) -> None:
        """Plan, show, ask, and apply exactly what was shown. options: for the plan."""
        self._plan(*options)
        if ask:
            click.confirm(f"Apply this to {self.path.name}?", abort=True)
        click.echo(f"» {self.path.name}: applying")
        self._run("apply", "-input=false", "-no-color", PLAN_FILE, seconds=APPLY_LIMIT)

    def destroy(self) -> None:
        """Destroy all that the state holds. Whoever calls this has asked already."""
        click.echo(f"» {self.path.name}: destroying")
        self._run("destroy", "-input=false", "-no-color", "-auto-approve", seconds=APPLY_LIMIT)

    def outputs(self) -> dict[str, Any]:
        """The state's outputs by name."""
        text = self._run("output", "-json", "-no-color", seconds=READ_LIMIT)
        return {name: output["value"] for name, output in json.loads(text).items()}

    def resources(self) -> dict[str, dict[str, Any]]:
        """What the state holds: address → attributes."""
        text = self._run("show", "-json", "-no-color", seconds=READ_LIMIT)
        module = json.loads(text).get("values", {}).get("root_module", {})
        return {each["address"]: each["values"] for each in module.get("resources", [])}

    def _plan(self, *options: str) -> None:
        click.echo(f"» {self.path.name}: planning")
        self._run(
            "plan", "-input=false", "-no-color", f"-out={PLAN_FILE}", *options,
            seconds=PLAN_LIMIT, shown=True,
        )  # fmt: skip

    def _run(self, *arguments: str, seconds: float, shown: bool = False) -> str:
        on_line = click.echo if shown else None
        return self.terraform.run(*arguments, folder=self.path, seconds=seconds, on_line=on_line)
