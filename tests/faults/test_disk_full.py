"""The disk is full in the middle: one line says so, nothing half-made stays, and with room on it
the same command succeeds.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from delivery.scaffold import TEMPLATE, bake
from delivery.stack_folder import ROOT
from tests.faults.command import end, start
from tests.faults.small_disk import NO_ROOM, SmallDisk, refused
from tests.faults.synthesis import start_synthesis
from tests.template.service.tree import tree

SERVICE = ("orders", "--class", "api", "--team", "payments", "--image-tag", "1.0.0")

# Where a command shall stop: KiB that are left.
AT_ONCE, LATE = 4, 600

Run = Callable[[], tuple[int, str]]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bake(TEMPLATE, {}, into=tmp_path_factory.mktemp("baked"))


def scaffold_into(target: Path, *, temporary: Path, home: Path, synthesis: Path) -> Run:
    instead = {"OUTPUT": synthesis, "synthesize": None}
    return lambda: end(
        start("delivery.scaffold", target, instead=instead, temporary=temporary, home=home)
    )


@pytest.mark.parametrize("room", [AT_ONCE, LATE])
@pytest.mark.parametrize("full", ["target", "temporary"])
def test_scaffolding_makes_the_repository_whole_or_not_at_all(
    full: str, room: int, disk: SmallDisk, roomy: Path, synthesis: Path
):
    target, temporary = (disk.folder, roomy) if full == "target" else (roomy, disk.folder)
    run = scaffold_into(target / "gitops", temporary=temporary, home=roomy, synthesis=synthesis)
    disk.leave(room)
    assert str(target) in refused(run())
    assert not [each for each in target.iterdir() if "gitops" in each.name]
    disk.make_room()
    assert run() == (0, "")
    assert (target / "gitops" / "environments" / "prod" / "services.yaml").is_file()


@pytest.mark.parametrize("room", [0, 12, 16])
def test_a_service_is_added_whole_or_not_at_all(
    room: int, disk: SmallDisk, roomy: Path, repository: Path
):
    gitops = disk.folder / "gitops"
    shutil.copytree(repository, gitops)
    stacks = shutil.copy(ROOT / "stacks" / "services.py", roomy)
    before = tree(gitops)

    def run() -> tuple[int, str]:
        command = (*SERVICE, "--into", gitops)
        instead = {"STACKS": stacks}
        return end(
            start("delivery.service", *command, instead=instead, temporary=roomy, home=roomy)
        )

    disk.leave(room)
    code, said = run()
    assert code == 1
    assert "Traceback" not in said
    assert NO_ROOM in said or "orders could not be made: [Errno 28] No space left" in said
    assert tree(gitops) == before
    disk.make_room()
    assert run() == (0, "")
    assert "/services/api-services/orders/" in (gitops / ".github" / "CODEOWNERS").read_text()
    assert (gitops / "services" / "api-services" / "orders" / "dev" / "image.yaml").is_file()


def test_a_service_whose_line_finds_no_room_is_made_and_the_rest_is_told(
    disk: SmallDisk, roomy: Path, repository: Path
):
    """The line is in another repository, maybe on another disk."""
    gitops = shutil.copytree(repository, roomy / "gitops")
    stacks = Path(shutil.copy(ROOT / "stacks" / "services.py", disk.folder))
    before = stacks.read_text()
    disk.leave(0)
    code, said = end(
        start(
            *("delivery.service", *SERVICE, "--into", gitops),
            instead={"STACKS": stacks}, temporary=roomy, home=roomy,
        )
    )  # fmt: skip
    assert code == 1
    assert said.endswith("The service is made. What is left is that line, by hand.\n")
    assert (gitops / "services" / "api-services" / "orders" / "values.yaml").is_file()
    assert [each.name for each in disk.folder.iterdir()] == ["services.py"]
    assert stacks.read_text() == before


@pytest.mark.parametrize("full", ["target", "temporary"])
def test_half_a_synthesis_is_never_taken_for_a_whole_one(
    full: str, disk: SmallDisk, roomy: Path, synthesis: Path
):
    target, temporary = (disk.folder, roomy) if full == "target" else (roomy, disk.folder)
    output = target / "out"
    output.mkdir()
    if full == "target":
        (output / "manifest.json").write_text("{}")  # of an earlier synthesis
    disk.leave(60 if full == "target" else 4)
    code, said = end(start_synthesis(output, temporary=temporary))
    assert code == 1
    assert said.startswith(NO_ROOM)
    assert len(said.splitlines()) == 1
    assert not (output / "manifest.json").exists()
    disk.make_room()
    assert end(start_synthesis(output, temporary=temporary)) == (0, "")
    for made in synthesis.glob("stacks/*/cdk.tf.json"):
        assert (output / made.relative_to(synthesis)).read_bytes() == made.read_bytes()
