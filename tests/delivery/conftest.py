"""What tests of delivery share: the real AWS provider, installed once."""

import pytest

from delivery.terraform import TerraformMissing, find_terraform
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.stack import read_stacks


@pytest.fixture(scope="session")
def aws_provider(tmp_path_factory, synthesis) -> Provider:
    """The provider that can be had here; tests that need it skip where none can."""
    stack = read_stacks(synthesis)["dev-network"]
    try:
        find_terraform()
        return install_provider(
            pinned=stack.pinned_version, folder=tmp_path_factory.mktemp("provider")
        )
    except (TerraformMissing, ProviderMissing) as missing:
        pytest.skip(str(missing))
