"""What the tests of workflows share: both repositories that have some."""

import subprocess
from pathlib import Path

import pytest

from tests.synthesis import ROOT
from tests.template.baked import repository as gitops


@pytest.fixture(params=["platform", "gitops"])
def repository(request: pytest.FixtureRequest, gitops: Path) -> Path:
    """This repository, and the one that the template makes."""
    return ROOT if request.param == "platform" else gitops


def commit(repository: Path, message: str) -> str:
    """Commit all that is there. Returns the commit."""
    author = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    for command in (("add", "--all"), (*author, "commit", "--quiet", "--message", message)):
        subprocess.run(("git", *command), cwd=repository, check=True, capture_output=True)
    said = subprocess.run(
        ("git", "rev-parse", "HEAD"), cwd=repository, check=True, capture_output=True, text=True
    )
    return said.stdout.strip()


__all__ = ["gitops", "repository"]
