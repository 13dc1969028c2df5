"""zizmor, as strict as it can be, and actionlint with shellcheck find nothing in either."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.workflows.workflow import workflows

TOOLS = Path(sys.executable).parent
SECONDS = 120

# The one place where a finding was looked at and left, with the reason beside it.
IGNORED = {"comment.yaml": 1}

INJECTION = """
name: Bad
on:
  pull_request_target:
permissions: write-all
jobs:
  bad:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: echo "${{ github.event.pull_request.title }}"
"""
MISTAKES = """
name: Bad
on:
  push:
jobs:
  bad:
    runs-on: ubuntu-24.04
    needs: nobody
    steps:
      - run: cd $HOME/my folder && echo ${{ github.evnt }}
"""


def zizmor(path: Path) -> list[dict]:
    """Its findings, with nothing asked of any server."""
    ended = subprocess.run(
        (TOOLS / "zizmor", "--offline", "--persona=auditor", "--no-config", "--no-exit-codes",
         "--format=json", "--no-progress", path),
        capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    return json.loads(ended.stdout)


def actionlint(*files: Path) -> list[dict]:
    """Its findings, shellcheck's among them."""
    shellcheck = shutil.which("shellcheck", path=str(TOOLS))
    assert shellcheck, "shellcheck is not beside Python: scripts would go unchecked"
    ended = subprocess.run(
        (TOOLS / "actionlint", "-format", "{{json .}}", "-shellcheck", shellcheck, *files),
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert ended.returncode in (0, 1), ended.stderr
    return json.loads(ended.stdout)


def plant(text: str, folder: Path) -> Path:
    path = folder / ".github" / "workflows" / "bad.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def test_zizmor_finds_nothing(repository: Path):
    assert zizmor(repository / ".github") == []


def test_actionlint_finds_nothing(repository: Path):
    assert actionlint(*(each.path for each in workflows(repository))) == []


def test_what_zizmor_is_told_to_leave_is_written_here(repository: Path):
    marked = {each.name: each.text.count("zizmor: ignore[") for each in workflows(repository)}
    assert {name: count for name, count in marked.items() if count} == IGNORED


def test_zizmor_finds_what_is_planted(tmp_path: Path):
    found = {each["ident"] for each in zizmor(plant(INJECTION, tmp_path))}
    wanted = {"dangerous-triggers", "excessive-permissions", "template-injection", "unpinned-uses"}
    assert wanted <= found


@pytest.mark.parametrize("kind", ["expression", "job-needs", "shellcheck"])
def test_actionlint_finds_what_is_planted(kind: str, tmp_path: Path):
    assert kind in {each["kind"] for each in actionlint(plant(MISTAKES, tmp_path))}
