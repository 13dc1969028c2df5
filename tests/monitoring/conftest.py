"""The scaffolded repository, and the tools that know rules and routes."""

from pathlib import Path

import pytest

from delivery.scaffold import TEMPLATE, bake
from tests.debian import binaries


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Baked once for each worker. Tests only read it."""
    return bake(TEMPLATE, {}, into=tmp_path_factory.mktemp("monitored"))


@pytest.fixture(scope="session")
def monitoring(repository: Path) -> Path:
    return repository / "monitoring"


@pytest.fixture(scope="session")
def amtool(shared_folder: Path) -> Path:
    return binaries(shared_folder) / "amtool"
