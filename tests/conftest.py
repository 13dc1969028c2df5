"""What all tests share: the app synthesized once a run, and each environment of the platform."""

from pathlib import Path

import hypothesis
import pytest

from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.debian import binaries
from tests.synthesis import ROOT, Stack, once, read

# The same examples on every machine and in every run: a red test is red because of a change.
hypothesis.settings.register_profile("tribe", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("tribe")

# Folders with files of few tests that take long: real Terraform, real git, waits that others
# prescribe. They go first, so that no worker is still at one of them when the others are done.
LONG = ("rehearsal", "faults", "delivery", "template", "security", "stacks")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        return LONG.index(folder) if folder in LONG else len(LONG)

    items.sort(key=place)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A temporary folder that all workers of this run see, and no other run."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def synthesis(shared_folder: Path) -> Path:
    """The output folder of main.py, synthesized once for all workers."""
    return once(str(ROOT / "main.py"), into=shared_folder / "synthesis")


@pytest.fixture(scope="session")
def synthesized(synthesis: Path) -> dict[str, Stack]:
    """Every stack that main.py makes: name → its cdk.tf.json, parsed. Tests only read it."""
    return read(synthesis)


@pytest.fixture(params=PLATFORM.environments, ids=lambda environment: environment.name)
def environment(request: pytest.FixtureRequest) -> Environment:
    """Each environment in turn."""
    return request.param


@pytest.fixture(scope="session")
def promtool(shared_folder: Path) -> Path:
    """Prometheus's own tool for rules and queries; without it, its tests are skipped."""
    return binaries(shared_folder) / "promtool"
