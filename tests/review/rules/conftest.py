"""The repository as it is scaffolded, and the one that the catalogue edits."""

import shutil
from pathlib import Path

import pytest

from tests.review.rules.complete import completed, fresh


@pytest.fixture(scope="session")
def scaffolded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for each worker. Tests only read it."""
    return fresh(tmp_path_factory.mktemp("fresh"))


@pytest.fixture(scope="session")
def whole(scaffolded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for each worker. Tests only read it."""
    copy = tmp_path_factory.mktemp("complete") / "gitops"
    return completed(shutil.copytree(scaffolded, copy))
