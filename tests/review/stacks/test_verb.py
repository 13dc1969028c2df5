"""`tribe review` in a clone of this very project, with a setting changed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.stacks.test_revisions import git
from tests.synthesis import ROOT


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's last commit, as it is pushed."""
    folder = tmp_path_factory.mktemp("clone") / "platform"
    git(ROOT, "clone", "--quiet", "--local", str(ROOT), str(folder))
    git(folder, "checkout", "--quiet", "-B", "main")
    return folder


def review(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verb of this checkout, run in that folder."""
    return subprocess.run(
        [sys.executable, "-m", "tribe", "review", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def edit(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text()
    assert old in text, f"{path} no longer holds {old}: name another setting in this test"
    (folder / path).write_text(text.replace(old, new))


@pytest.fixture
def dev(clone: Path) -> Path:
    """The clone as it was committed."""
    git(clone, "checkout", "--quiet", ".")
    return clone


def test_a_setting_of_dev_shows_as_what_it_does_to_aws(dev: Path, tmp_path: Path) -> None:
    settings = "stacks/environments/dev.py"
    edit(dev, settings, "key_deletion_days=7", "key_deletion_days=14")
    edit(dev, settings, "flow_log_retention_days=30", "flow_log_retention_days=7")
    comment, file = tmp_path / "comment.md", tmp_path / "review.json"
    ended = review(dev, "--env", "dev", "--markdown", str(comment), "--json", str(file))
    assert ended.returncode == 1, ended.stderr
    found = json.loads(file.read_text())
    [environment] = found["environments"]
    changed = {
        (stack["name"], change["address"]): change
        for stack in environment["stacks"]
        for change in stack["changes"]
    }
    logs = changed["dev-network", "aws_cloudwatch_log_group.flow-log-group"]
    assert [(each["path"], each["before"], each["after"]) for each in logs["arguments"]] == [
        ("retention_in_days", 30, 7)
    ]
    keys = {address for stack, address in changed if stack == "dev-encryption"}
    assert keys
    assert all(each.startswith("aws_kms_key.") for each in keys)
    assert [(each["severity"], each["rule"]) for each in found["findings"]] == [
        ("danger", "shorter")
    ]
    assert "| dev | dev-network |" in comment.read_text()
    assert "synthesizing" in ended.stderr


def test_another_range_of_addresses_replaces_the_network_and_what_stands_in_it(
    dev: Path, tmp_path: Path
) -> None:
    edit(dev, "stacks/environments/dev.py", "10.10.0.0/16", "10.11.0.0/16")
    file = tmp_path / "review.json"
    assert review(dev, "--env", "dev", "--json", str(file)).returncode == 1
    replaced = {
        (stack["name"], change["address"]): change["because"]
        for stack in json.loads(file.read_text())["environments"][0]["stacks"]
        for change in stack["changes"]
        if change["action"] == "replaced"
    }
    assert replaced["dev-network", "aws_vpc.vpc"] == ""
    assert replaced["dev-network", "aws_vpc_endpoint.s3-endpoint"] == "aws_vpc.vpc"
    assert replaced["dev-cluster", "aws_security_group.api-security-group"] == (
        "dev-network aws_vpc.vpc"
    )


def test_an_untouched_checkout_changes_nothing(dev: Path) -> None:
    ended = review(dev)
    assert (ended.returncode, ended.stdout.splitlines()[-1][:28]) == (
        0,
        "Nothing changes in AWS since",
    )


def test_an_environment_that_is_not_there_is_refused_with_those_that_are(dev: Path) -> None:
    ended = review(dev, "--env", "test")
    assert ended.returncode == 2
    assert "There is no environment test: there are account, dev, prod, staging." in ended.stderr


def test_a_setting_that_is_refused_ends_with_2_and_its_own_words(dev: Path) -> None:
    edit(dev, "stacks/environments/dev.py", "10.10.0.0/16", "10.10.0.1/16")
    ended = review(dev)
    assert ended.returncode == 2
    assert "the working tree does not synthesize" in ended.stderr
    assert "stacks/environments/dev.py" in ended.stderr
    assert "Traceback" not in ended.stderr
