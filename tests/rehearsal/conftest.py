"""What the tests with real Terraform share. Without Terraform or the provider they are skipped."""

from pathlib import Path

import pytest

from delivery.terraform import TerraformMissing, find_terraform
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.schema import Schema
from rehearsal.stack import Stack, read_stacks
from tests.synthesis import once


@pytest.fixture(scope="session")
def stacks(synthesis: Path) -> dict[str, Stack]:
    """Every stack that main.py makes."""
    return read_stacks(synthesis)


@pytest.fixture(scope="session")
def cluster_with_external_identity(shared_folder: Path) -> Stack:
    """dev's cluster as it would be with an OpenID Connect provider for people."""
    app = Path(__file__).with_name("external_identity.py")
    return read_stacks(once(str(app), into=shared_folder / "external-identity"))["dev-cluster"]


@pytest.fixture(scope="session")
def provider(stacks: dict[str, Stack], tmp_path_factory: pytest.TempPathFactory) -> Provider:
    """The real AWS provider, installed once for each worker."""
    pinned = stacks["dev-network"].pinned_version
    try:
        find_terraform()
        return install_provider(pinned=pinned, folder=tmp_path_factory.mktemp("provider"))
    except (TerraformMissing, ProviderMissing) as reason:
        pytest.skip(f"NOTHING WAS REHEARSED: {reason}")


@pytest.fixture(scope="session")
def schema(provider: Provider) -> Schema:
    """What the installed provider knows."""
    return provider.schema()
