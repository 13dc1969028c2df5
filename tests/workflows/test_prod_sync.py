"""Prod's sync: exactly the commit whose difference was shown, for exactly one application."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.workflows.conftest import commit
from tests.workflows.shell import Shell
from tests.workflows.workflow import Workflow

# Argo CD, as far as the scripts ask it: what it last synced, a difference, a sync, a wait.
ARGOCD = """
    def revision():
        return json.loads((state / "live.json").read_text())
    command = arguments[1]
    if command == "get":
        synced = {"syncResult": {"revision": revision()}} if revision() else None
        print(json.dumps({"status": {"operationState": synced}}))
    elif command == "diff":
        print((state / "difference").read_text())
        sys.exit(int((state / "code").read_text()))
    elif command == "sync":
        given = arguments[arguments.index("--revision") + 1]
        given = json.loads((state / "instead.json").read_text()) or given
        (state / "live.json").write_text(json.dumps(given))
    elif command == "wait":
        sys.exit(int((state / "health").read_text()))
"""
BEFORE = "b" * 40


@pytest.fixture(scope="session")
def workflow(gitops: Path) -> Workflow:
    return Workflow(gitops / ".github/workflows/prod-sync.yaml")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path, {"SERVICE": "shop", "BRANCH": "main"})
    made.stand_in("argocd", ARGOCD)
    told = {"live.json": f'"{BEFORE}"', "instead.json": "null", "code": "1", "health": "0"}
    for name, text in {**told, "difference": "- image: old\n+ image: new"}.items():
        (tmp_path / name).write_text(text)
    return made


@pytest.fixture
def commits(shell: Shell) -> dict[str, str]:
    """A main branch in which the service came to prod, and a branch beside it."""

    def git(*arguments: str) -> None:
        subprocess.run(("git", *arguments), cwd=shell.folder, check=True, capture_output=True)

    git("init", "--initial-branch=main")
    (shell.folder / "README.md").write_text("begun")
    found = {"before": commit(shell.folder, "before")}
    image = shell.folder / "services/api-services/shop/prod/image.yaml"
    image.parent.mkdir(parents=True)
    image.write_text('image: {tag: "1"}\n')
    found["promoted"] = commit(shell.folder, "promoted")
    git("switch", "--create", "side")
    image.write_text('image: {tag: "2"}\n')
    found["side"] = commit(shell.folder, "never reviewed")
    git("update-ref", "refs/remotes/origin/main", found["promoted"])
    return found


CHECK = "The commit is on the main branch, and has the service in prod"


def test_without_a_commit_it_is_the_newest_of_main(
    shell: Shell, workflow: Workflow, commits: dict[str, str]
):
    ended = shell.run(workflow.script(CHECK), COMMIT="")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert shell.outputs == {"commit": commits["promoted"]}


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("side", "this is no commit of main"),
        ("before", "shop is not in prod at that commit. Promote it first."),
        ("main", "Write all 40 letters"),
        ("--help", "Write all 40 letters"),
        ("0" * 40, "this is no commit of main"),
        ("$(touch owned)", "Write all 40 letters"),
    ],
)
def test_a_commit_that_was_not_merged_or_has_no_such_service_is_refused(
    shell: Shell, workflow: Workflow, commits: dict[str, str], which: str, words: str
):
    ended = shell.run(workflow.script(CHECK), COMMIT=commits.get(which, which))
    assert ended.returncode == 1
    assert words in ended.stdout
    assert shell.outputs == {}
    assert not (shell.folder / "owned").exists()


@pytest.mark.parametrize("service", ["", "Shop", "shop/../x", "--core", ".*", "$(touch owned)"])
def test_what_is_no_name_of_a_service_is_refused(
    shell: Shell, workflow: Workflow, commits: dict[str, str], service: str
):
    ended = shell.run(workflow.script(CHECK), COMMIT=commits["promoted"], SERVICE=service)
    assert ended.returncode == 1
    assert "this is no service's name" in ended.stdout
    assert not (shell.folder / "owned").exists()


LOOK = "What that changes in the cluster"


def test_the_difference_to_the_cluster_is_shown_before_anyone_approves(
    shell: Shell, workflow: Workflow
):
    assert shell.run(workflow.script(LOOK), COMMIT="c" * 40).returncode == 0
    assert shell.outputs == {"changes": "true", "live": BEFORE}
    assert "+ image: new" in shell.summary
    assert ["argocd", "app", "diff", "shop", "--revision", "c" * 40] in shell.called


def test_without_a_difference_nobody_is_asked(shell: Shell, workflow: Workflow):
    (shell.folder / "code").write_text("0")
    assert shell.run(workflow.script(LOOK), COMMIT="c" * 40).returncode == 0
    assert shell.outputs["changes"] == "false"
    assert workflow.jobs["sync"]["if"] == "needs.look.outputs.changes == 'true'"


def test_a_difference_that_could_not_be_had_ends_it(shell: Shell, workflow: Workflow):
    (shell.folder / "code").write_text("20")
    assert shell.run(workflow.script(LOOK), COMMIT="c" * 40).returncode == 20
    assert shell.outputs == {}


def test_an_application_that_was_never_synced_has_no_live_commit(shell: Shell, workflow: Workflow):
    (shell.folder / "live.json").write_text("null")
    assert shell.run(workflow.script(LOOK), COMMIT="c" * 40).returncode == 0
    assert shell.outputs["live"] == "none"


SYNC = "Exactly the commit whose difference was approved"


def test_the_sync_is_of_that_commit_and_prunes_and_never_moves_on_to_a_newer(
    shell: Shell, workflow: Workflow
):
    ended = shell.run(workflow.script(SYNC), COMMIT="c" * 40, SEEN=BEFORE)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    [sync] = [each for each in shell.called if each[2] == "sync"]
    assert sync[3] == "shop"
    assert sync[sync.index("--revision") + 1] == "c" * 40
    assert "--prune" in sync
    # Without a retry of its own the application's is taken, whose tries refresh the revision.
    assert "--retry-limit" in sync
    assert "--retry-refresh" not in sync


def test_a_sync_between_the_look_and_the_approval_ends_it(shell: Shell, workflow: Workflow):
    (shell.folder / "live.json").write_text(json.dumps("d" * 40))
    ended = shell.run(workflow.script(SYNC), COMMIT="c" * 40, SEEN=BEFORE)
    assert ended.returncode == 1
    assert "since the difference was shown" in ended.stdout
    assert not [each for each in shell.called if each[2] == "sync"]


WAIT = "Wait for its health"


def test_it_is_done_when_it_is_healthy_at_that_commit(shell: Shell, workflow: Workflow):
    shell.run(workflow.script(SYNC), COMMIT="c" * 40, SEEN=BEFORE)
    assert shell.run(workflow.script(WAIT), COMMIT="c" * 40).returncode == 0
    [wait] = [each for each in shell.called if each[2] == "wait"]
    assert {"--health", "--operation", "--timeout"} <= set(wait)


@pytest.mark.parametrize(("file", "text"), [("health", "20"), ("instead.json", f'"{BEFORE}"')])
def test_an_ill_service_or_another_commit_ends_it(
    shell: Shell, workflow: Workflow, file: str, text: str
):
    (shell.folder / file).write_text(text)
    shell.run(workflow.script(SYNC), COMMIT="c" * 40, SEEN=BEFORE)
    assert shell.run(workflow.script(WAIT), COMMIT="c" * 40).returncode != 0


def test_only_the_approved_job_holds_the_token_that_may_sync(workflow: Workflow):
    holders = {
        name: job["environment"]
        for name, job in workflow.jobs.items()
        if "ARGOCD_SYNC_TOKEN" in json.dumps(job)
    }
    assert holders == {"sync": "prod"}
    assert workflow.text.count("ARGOCD_SYNC_TOKEN") == 1
