"""Facts that changed become one pull request, on a real git repository; others change nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.synthesis import ROOT
from tests.workflows.conftest import commit
from tests.workflows.shell import Shell
from tests.workflows.workflow import Workflow

SCRIPT = Workflow(ROOT / ".github/workflows/facts.yaml").script(
    "A pull request, where a fact changed"
)
FILE = "environments/dev/facts.yaml"

GH = """
    if arguments[:2] == ["pr", "list"]:
        print(len(list(state.glob("opened"))))
    elif arguments[:2] == ["pr", "create"]:
        (state / "opened").touch()
"""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The GitOps repository, and room for facts that were read."""
    made = Shell(
        tmp_path,
        {
            "ENVIRONMENT": "dev",
            "GITHUB_REPOSITORY": "tribe-example/platform",
            "GITHUB_SHA": "a" * 40,
        },
    )
    made.stand_in("gh", GH)
    remote = tmp_path / "remote"
    (remote / FILE).parent.mkdir(parents=True)
    (remote / FILE).write_text("facts: {vpcId: old}\n")
    (remote / "README.md").write_text("theirs")
    git(tmp_path, "init", "--initial-branch=main", str(remote))
    commit(remote, "begun")
    (tmp_path / "facts" / FILE).parent.mkdir(parents=True)
    return made


def git(folder: Path, *arguments: str) -> str:
    ended = subprocess.run(
        ("git", *arguments), cwd=folder, check=True, capture_output=True, text=True
    )
    return ended.stdout


def propose(shell: Shell, text: str) -> None:
    (shell.folder / "facts" / FILE).write_text(text)
    shutil.rmtree(shell.folder / "gitops", ignore_errors=True)
    git(shell.folder, "clone", str(shell.folder / "remote"), "gitops")  # a runner is new each time
    ended = shell.run(f"cd gitops\n{SCRIPT}")
    assert ended.returncode == 0, ended.stderr


def opened(shell: Shell) -> int:
    return len([each for each in shell.called if each[1:3] == ["pr", "create"]])


def test_facts_that_are_the_same_propose_nothing(shell: Shell):
    propose(shell, "facts: {vpcId: old}\n")
    assert opened(shell) == 0
    assert "facts-dev" not in git(shell.folder / "remote", "branch")


def test_a_fact_that_changed_becomes_a_commit_of_that_file_alone(shell: Shell):
    propose(shell, "facts: {vpcId: new}\n")
    remote = shell.folder / "remote"
    assert git(remote, "diff", "--name-only", "main", "facts-dev") == f"{FILE}\n"
    assert git(remote, "show", f"facts-dev:{FILE}") == "facts: {vpcId: new}\n"
    assert git(remote, "show", f"main:{FILE}") == "facts: {vpcId: old}\n"
    assert opened(shell) == 1


def test_facts_that_change_again_go_to_the_pull_request_that_is_open(shell: Shell):
    propose(shell, "facts: {vpcId: new}\n")
    propose(shell, "facts: {vpcId: newer}\n")
    assert git(shell.folder / "remote", "show", f"facts-dev:{FILE}") == "facts: {vpcId: newer}\n"
    assert git(shell.folder / "remote", "rev-list", "--count", "main..facts-dev") == "1\n"
    assert opened(shell) == 1
