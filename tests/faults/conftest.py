"""What the rehearsals share: stacks with their states in an emulated account."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from delivery.terraform import TerraformMissing, find_terraform
from rehearsal.emulator import Emulator
from tests.argocd.conftest import everywhere
from tests.faults.small_disk import SmallDisk, small_disk
from tests.faults.stack_in_bucket import INIT, StackInBucket
from tests.synthesis import Stack

__all__ = ["everywhere"]

Make = Callable[[str, dict[str, float]], StackInBucket]


@pytest.fixture(scope="module")
def make(synthesized: dict[str, Stack], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Makes a stack of that name with those steps, initialized, in a bucket of its own."""
    try:
        find_terraform()
    except TerraformMissing as reason:
        pytest.skip(f"NOTHING WAS REHEARSED: {reason}")
    backend = synthesized["dev-network"]["terraform"]["backend"]["s3"]
    folder = tmp_path_factory.mktemp("stacks")
    (account,) = backend["allowed_account_ids"]
    with Emulator(region=backend["region"], account=account) as emulator:

        def stack(name: str, steps: dict[str, float]) -> StackInBucket:
            made = StackInBucket.make(folder, name=name, backend=backend, emulator=emulator)
            made.s3.create_bucket(
                Bucket=made.backend["bucket"],
                CreateBucketConfiguration={"LocationConstraint": backend["region"]},
            )
            made.write(steps)
            made.stack.init(INIT)
            return made

        yield stack


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk that a test may fill."""
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def roomy(tmp_path: Path) -> Path:
    """A folder on a disk that has room."""
    (tmp_path / "roomy").mkdir()
    return tmp_path / "roomy"
