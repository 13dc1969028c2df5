"""What the tests of docs/ share: what its pages are drawn from."""

from pathlib import Path

import pytest

from tools.pages.sources import Sources, scaffolded


@pytest.fixture(scope="session")
def sources(synthesis: Path, tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """The stacks as synthesized for all tests, and a repository with the example services."""
    return Sources.of(synthesis, scaffolded(tmp_path_factory.mktemp("drawn")))
