"""Two stacks that real Terraform applies without any provider: the second reads what the first
gives. Terraform's built-in provider has a resource and the other stack's state.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from delivery.round import Rounds
from delivery.stack_folder import CONFIGURATION
from delivery.terraform import Terraform

UPPER, LOWER = "dev-upper", "dev-lower"
COMMIT = "1" * 40


@dataclass(frozen=True)
class TwoStacks:
    """Both, synthesized into `folder`/stacks, with their states beside them."""

    folder: Path
    terraform: Terraform

    def write(self, *, given: str, own: str = "own", kept: str = "kept") -> None:
        """given: what the upper stack hands down. own, kept: of the upper and the lower alone."""
        upper = {
            "resource": {"terraform_data": {"given": {"input": given}, "own": {"input": own}}},
            "output": {"given": {"value": "${terraform_data.given.output}"}},
        }
        state = {"backend": "local", "config": {"path": str(self.state(UPPER))}}
        lower = {
            "data": {"terraform_remote_state": {"upper": state}},
            "resource": {
                "terraform_data": {
                    "taken": {"input": "${data.terraform_remote_state.upper.outputs.given}"},
                    "kept": {"input": kept},
                }
            },
        }
        for name, document in ((UPPER, upper), (LOWER, lower)):
            path = self.folder / "stacks" / name
            path.mkdir(parents=True, exist_ok=True)
            backend = {"backend": {"local": {"path": str(self.state(name))}}}
            (path / CONFIGURATION).write_text(json.dumps({"terraform": backend, **document}))

    def state(self, name: str) -> Path:
        return self.folder / f"{name}.tfstate"

    def rounds(self, *, kept: str = "kept", commit: str = COMMIT) -> Rounds:
        folder = self.folder / kept
        folder.mkdir(exist_ok=True)
        return Rounds(
            stacks={UPPER: [], LOWER: [UPPER]},
            terraform=self.terraform,
            output=self.folder,
            kept=folder,
            commit=commit,
            say=lambda line: None,
        )

    def stands(self, name: str) -> dict[str, str]:
        """Resource → its input, as the state has it."""
        if not self.state(name).exists():
            return {}
        resources = json.loads(self.state(name).read_text())["resources"]
        return {
            each["name"]: each["instances"][0]["attributes"]["input"]["value"]
            for each in resources
            if each["mode"] == "managed"
        }
