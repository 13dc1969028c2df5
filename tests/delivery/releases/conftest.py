"""What the tests of the way of a change share: a remote, a checkout, GitHub."""

import os
from pathlib import Path

import pytest

from tests.delivery.releases.checkout import Checkout, Remote
from tests.delivery.releases.github import GitHub
from tests.delivery.releases.small import repository


@pytest.fixture(autouse=True)
def _nobodys_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ada@example.com")


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    return Remote.of(tmp_path / "remote", repository())


@pytest.fixture
def checkout(remote: Remote, tmp_path: Path) -> Checkout:
    """In a folder with a space, which no command may stumble over."""
    return remote.clone(tmp_path / "a checkout")


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitHub:
    github = GitHub(tmp_path / "a bin")
    for name, value in github.variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", str(github.folder), prepend=os.pathsep)
    return github
