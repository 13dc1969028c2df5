"""The repository as the template makes it from its own defaults."""

from pathlib import Path

import pytest

from delivery.scaffold import TEMPLATE, bake


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Baked once for each worker. Tests only read it."""
    return bake(TEMPLATE, {}, into=tmp_path_factory.mktemp("baked"))
