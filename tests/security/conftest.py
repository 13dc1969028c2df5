"""What the gates read: the policies of the synthesized stacks, and the repository's manifests."""

import json
from pathlib import Path
from typing import Any

import pytest

from delivery.scaffold import TEMPLATE, bake
from gates.documents import Document, documents
from gates.reasons import Reasons
from gates.roles import Role, roles
from review.render import render
from tests.synthesis import Stack, once
from tests.template.applications import ENVIRONMENTS


@pytest.fixture(scope="session")
def policies(synthesized: dict[str, Stack]) -> list[Document]:
    """Every policy document of every stack."""
    return list(documents(synthesized))


@pytest.fixture(scope="session")
def every_role(synthesized: dict[str, Stack], policies: list[Document]) -> list[Role]:
    """Every role of every stack."""
    return roles(synthesized, policies)


@pytest.fixture(scope="session")
def reasons(shared_folder: Path) -> Reasons:
    """What each statement says of its width."""
    file = shared_folder / "reasons.json"
    once("-m", "gates.reasons", str(file), into=shared_folder / "reasons")
    return json.loads(file.read_text())


@pytest.fixture(scope="session")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What a scaffolded repository with a service of each class renders, by environment.

    The third-party charts are not in it: they come over the network.
    """
    repository = bake(TEMPLATE, {"example_services": "yes"}, into=tmp_path_factory.mktemp("seen"))
    return {
        environment: [each.content for each in render(repository, environment).documents]
        for environment in ENVIRONMENTS
    }
