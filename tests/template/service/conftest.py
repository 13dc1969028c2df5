"""A GitOps repository of the test's own, fresh from the template."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def gitops(repository: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    return shutil.copytree(repository, tmp_path / "gitops")
