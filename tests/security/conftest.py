"""The platform's policies, as the gates read them from the synthesized stacks."""

import json
from pathlib import Path

import pytest

from gates.documents import Document, documents
from gates.reasons import Reasons
from gates.roles import Role, roles
from tests.synthesis import Stack, once


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
