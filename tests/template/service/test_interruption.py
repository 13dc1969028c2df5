"""Killed midway, and run again; and what people wrote stays."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cookiecutter.exceptions import FailedHookException

from delivery.service import TEMPLATE, add_service
from tests.template.service.tree import tree

SECONDS = 60
ATTEMPTS = 6  # moments of the run, spread over it
ANSWERS = ("name=orders", "team=payments")
FOLDER = Path("services", "api-services", "orders")


def start(repository: Path, home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cookiecutter", str(TEMPLATE), "--no-input", *ANSWERS]
    return subprocess.Popen(
        [*command, "--output-dir", str(repository)],
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("moment", range(1, ATTEMPTS + 1))
def test_a_killed_run_leaves_all_or_nothing_and_the_next_one_succeeds(
    moment: int, gitops: Path, tmp_path: Path
):
    began = time.monotonic()
    assert start(gitops, tmp_path / "home").wait(SECONDS) == 0
    seconds, whole = time.monotonic() - began, tree(gitops)
    _take_away(gitops)

    process = start(gitops, tmp_path / "home")
    time.sleep(seconds * moment / (ATTEMPTS + 1))
    process.send_signal(signal.SIGKILL)
    process.wait(SECONDS)
    time.sleep(0.2)  # the hook, its child, may just be renaming
    if not (gitops / FOLDER).exists():
        assert start(gitops, tmp_path / "home").wait(SECONDS) == 0
    assert tree(gitops) == whole


def test_a_run_that_ended_between_owner_and_service_is_repeated(gitops: Path):
    add_service(gitops, {"name": "orders", "team": "payments"})
    whole = tree(gitops)
    for file in sorted((gitops / FOLDER).rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    (gitops / FOLDER).rmdir()
    add_service(gitops, {"name": "orders", "team": "payments"})
    assert tree(gitops) == whole


def test_edits_of_the_team_stay(gitops: Path):
    folder = add_service(gitops, {"name": "orders", "team": "payments"})
    (folder / "values.yaml").write_text("class: api # ours\n")
    before = tree(gitops)
    with pytest.raises(FailedHookException, match="exists already"):
        add_service(gitops, {"name": "orders", "team": "payments"})
    add_service(gitops, {"name": "cart", "team": "payments"})
    after = tree(gitops)
    assert {path for path in before if after[path] != before[path]} == {".github/CODEOWNERS"}


def test_nothing_is_written_where_nothing_can_be(gitops: Path):
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere: run the tests as another user to see this one")
    gitops.chmod(0o500)
    try:
        with pytest.raises(FailedHookException, match="cannot be written to"):
            add_service(gitops, {"name": "orders", "team": "payments"})
        assert not (gitops / FOLDER).exists()
    finally:
        gitops.chmod(0o700)


def test_a_link_out_of_the_repository_is_not_followed(gitops: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (gitops / "services").symlink_to(elsewhere)
    before = (gitops / ".github" / "CODEOWNERS").read_text()
    with pytest.raises(FailedHookException):
        add_service(gitops, {"name": "orders", "team": "payments"})
    assert list(elsewhere.iterdir()) == []
    assert (gitops / ".github" / "CODEOWNERS").read_text() == before


def _take_away(gitops: Path) -> None:
    """The service, and its owner: as before the run."""
    shutil.rmtree(gitops / "services")
    owners = gitops / ".github" / "CODEOWNERS"
    lines = owners.read_text().splitlines(keepends=True)
    owners.write_text("".join(line for line in lines if "orders" not in line))
