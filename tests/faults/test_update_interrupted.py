"""The disk is full, or someone edits, in the middle of `tribe update`: all files change or none."""

import os
import shutil
from pathlib import Path

import pytest

from delivery.stack_folder import ROOT
from delivery.three_way_merge import git
from delivery.update import TEMPLATES, Update, UpdateError, _bake
from tests.faults.command import end, start
from tests.faults.small_disk import SmallDisk, refused

LEFT = 100  # KiB: less than the update brings
NEW = 40  # files of 6 KB


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform's repository whose template has more, since a repository was made from it."""
    folder = tmp_path_factory.mktemp("platform")
    caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / TEMPLATES, folder / TEMPLATES, ignore=caches)
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder)
    made = _bake(folder / TEMPLATES, {}, folder / ".git" / "scaffolded")
    git(made, "init", "--quiet", "--initial-branch=main")
    commit(made)
    (project,) = (folder / TEMPLATES / "repository").glob("@{*}@")
    for number in range(NEW):
        (project / "docs" / f"new-{number}.md").write_text(os.urandom(3000).hex())
    for name in ("README.md", "platform/values.yaml", "docs/metrics.md"):
        (project / name).write_text("# New.\n" + (project / name).read_text())
    commit(folder)
    return folder


def commit(repository: Path) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "all of it")


def scaffolded(platform: Path, into: Path) -> Path:
    """The repository that was made from the platform's first commit."""
    (made,) = (platform / ".git" / "scaffolded" / "made").iterdir()
    repository = shutil.copytree(made, into / "gitops", symlinks=True)
    git(repository, "status")  # so that git knows the copied files' times
    return repository


def files(repository: Path) -> dict[str, bytes]:
    return {
        path.relative_to(repository).as_posix(): path.read_bytes()
        for path in repository.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(repository).parts
    }


@pytest.mark.parametrize("full", ["target", "temporary"])
def test_on_a_full_disk_an_update_changes_all_files_or_none(
    full: str, disk: SmallDisk, roomy: Path, platform: Path, tmp_path: Path
):
    place, temporary = (disk.folder, roomy) if full == "target" else (roomy, disk.folder)
    repository = scaffolded(platform, place)
    before = files(repository)

    def run() -> tuple[int, str]:
        instead = {"ROOT": platform}
        return end(
            start(
                *("delivery.update", "--yes", repository),
                instead=instead, temporary=temporary, home=tmp_path,
            )
        )  # fmt: skip

    disk.leave(LEFT)
    assert str(repository) in refused(run())
    assert files(repository) == before
    assert git(repository, "status", "--porcelain") == b""
    disk.make_room()
    assert run() == (0, "")
    assert len(files(repository)) == len(before) + NEW


def test_an_edit_that_is_made_while_the_update_asks_is_not_touched(platform: Path, tmp_path: Path):
    repository = scaffolded(platform, tmp_path)
    (tmp_path / "place").mkdir()
    update = Update(repository, platform=platform, place=tmp_path / "place", base=None)
    (repository / "docs" / "new-0.md").write_text("ours")
    with pytest.raises(UpdateError, match="not committed"):
        update.apply()
    assert (repository / "docs" / "new-0.md").read_text() == "ours"
    assert not (repository / "docs" / "new-1.md").exists()
