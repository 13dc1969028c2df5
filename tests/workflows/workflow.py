"""A GitHub workflow as it is written: its jobs, steps and scripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Workflow:
    """One file. Scalars stay text, so that `on` is a key and `true` is a word, as GitHub reads."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def document(self) -> dict[str, Any]:
        return yaml.load(self.text, Loader=yaml.BaseLoader)

    @property
    def triggers(self) -> set[str]:
        return set(self.document["on"])

    @property
    def jobs(self) -> dict[str, dict[str, Any]]:
        return self.document["jobs"]

    @property
    def steps(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Job's name, step."""
        for name, job in self.jobs.items():
            for step in job.get("steps", []):
                yield name, step

    @property
    def calls(self) -> Iterator[tuple[dict[str, Any], str]]:
        """Job, file name, of each workflow of the same repository that is called."""
        for job in self.jobs.values():
            if "uses" in job:
                yield job, job["uses"].rpartition("/")[2]

    def script(self, step_name: str) -> str:
        """What the step of this name runs."""
        [script] = [step["run"] for _, step in self.steps if step.get("name") == step_name]
        return script


def workflows(repository: Path) -> list[Workflow]:
    """All of a repository, in the order of their names. There must be some."""
    found = [Workflow(path) for path in sorted(repository.glob(".github/workflows/*.y*ml"))]
    if not found:
        raise FileNotFoundError(f"{repository} has no workflows")
    return found
