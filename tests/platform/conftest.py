"""The platform chart of a scaffolded repository, rendered for each environment."""

from pathlib import Path

import pytest

from stacks.settings import Environment
from tests.platform.rendering import Documents, platform
from tests.template.baked import repository

__all__ = ["rendered", "repository"]


@pytest.fixture
def rendered(repository: Path, environment: Environment) -> Documents:
    """What the platform Application of each environment in turn applies."""
    return platform(repository, environment.name)
