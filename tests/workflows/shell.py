"""Runs a step's script as a runner does, with stand-ins for the commands that reach out."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import pytest

from tests.stand_in import write_stand_in

SECONDS = 60


@dataclass
class Shell:
    """A folder to run scripts in. Stand-ins in it come first on PATH, and note how they are called.

    The order of what was called is the order of `called`.
    """

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    def stand_in(self, command: str, source: str) -> None:
        """A Python program of the command's name. It has `arguments`, and `state`, a folder."""
        path = self.folder / "bin" / command
        path.parent.mkdir(exist_ok=True)
        head = f"""\
            import json, sys
            from pathlib import Path
            arguments = sys.argv[1:]
            state = Path({str(self.folder)!r})
            with (state / "called.jsonl").open("a") as log:
                log.write(json.dumps([{command!r}, *arguments]) + "\\n")
            """
        write_stand_in(path, dedent(head) + dedent(source))

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """As `shell: bash` has it (https://docs.github.com/actions/reference/workflow-syntax)."""
        if shutil.which("jq") is None:
            pytest.skip("NO SCRIPT WAS RUN: there is no jq on PATH, which GitHub's runners have")
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
            (self.folder / name).write_text("")
        return subprocess.run(
            ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script),
            cwd=self.folder,
            env={
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "HOME": str(self.folder),
                "GITHUB_OUTPUT": str(self.folder / "GITHUB_OUTPUT"),
                "GITHUB_STEP_SUMMARY": str(self.folder / "GITHUB_STEP_SUMMARY"),
                **self.variables,
                **variables,
            },
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    @property
    def called(self) -> list[list[str]]:
        log = self.folder / "called.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []

    @property
    def outputs(self) -> dict[str, str]:
        lines = (self.folder / "GITHUB_OUTPUT").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def summary(self) -> str:
        return (self.folder / "GITHUB_STEP_SUMMARY").read_text()
