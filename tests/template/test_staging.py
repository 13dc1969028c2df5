"""Moving what was staged: files that exist stay, a half-done move is undone or can be repeated."""

import os
import sys
from pathlib import Path

import pytest

from delivery.stack_folder import ROOT

sys.path.append(str(ROOT / "gitops-template"))

from scaffolding.staging import place, settle, staging_name

FILES = {
    "services/api-services/shop/values.yaml": "class: api\n",
    "services/api-services/shop/dev/image.yaml": "image: {}\n",
    "docs/runbooks/services/shop.md": "# shop\n",
}
SERVICE = "services/api-services/shop"


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def read(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text() for path in files}


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    return write(tmp_path / "staged", FILES)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return write(tmp_path / "repository", {"README.md": "ours", "docs/runbooks/README.md": "ours"})


def test_what_is_new_is_added_and_what_was_there_stays(staged: Path, repository: Path):
    before = read(repository)
    place(staged, repository, last=SERVICE)
    assert read(repository) == {**before, **FILES}
    assert not staged.exists()


def test_another_content_under_the_same_name_stops_everything(staged: Path, repository: Path):
    write(repository, {"docs/runbooks/services/shop.md": "theirs"})
    before = read(repository)
    with pytest.raises(FileExistsError, match=r"docs/runbooks/services/shop\.md exists already"):
        place(staged, repository, last=SERVICE)
    assert read(repository) == before
    assert read(staged) == FILES


def test_what_a_killed_run_had_moved_counts_as_moved(staged: Path, repository: Path):
    write(repository, {"docs/runbooks/services/shop.md": "# shop\n"})
    place(staged, repository, last=SERVICE)
    assert read(repository).items() >= FILES.items()


def test_the_service_itself_appears_last_and_at_once(
    staged: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
):
    moves: list[str] = []
    rename = Path.rename

    def recorded(self: Path, target: Path) -> Path:
        moves.append(str(self.relative_to(staged)))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", recorded)
    write(repository, {"services/api-services/other/values.yaml": "class: api\n"})
    place(staged, repository, last=SERVICE)
    assert moves == ["docs/runbooks/services", SERVICE]


def test_a_move_that_fails_is_undone(
    staged: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
):
    before = read(repository)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == repository / "services":
            raise OSError("no space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="no space left"):
        place(staged, repository, last="services")
    assert read(repository) == before
    assert read(staged) == FILES


def test_no_link_leads_out_of_the_repository(staged: Path, repository: Path, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (repository / "services").symlink_to(outside)
    with pytest.raises(FileExistsError, match="by a link"):
        place(staged, repository, last=SERVICE)
    assert list(outside.iterdir()) == []


def test_a_folder_that_holds_anything_is_never_replaced(staged: Path, repository: Path):
    with pytest.raises(OSError, match="not empty"):
        settle(staged, repository)
    assert read(staged) == FILES


def test_only_what_nobody_works_on_is_swept(tmp_path: Path):
    ended = 2**22 + 1  # above any process id of Linux
    left = {number: tmp_path / f".shop.{number}.scaffolding" for number in (ended, os.getppid())}
    foreign = [tmp_path / ".shop.notes.scaffolding", tmp_path / ".bank.1.scaffolding"]
    for folder in (*left.values(), *foreign):
        folder.mkdir()
    name = staging_name(tmp_path, "shop")
    assert name == f".shop.{os.getpid()}.scaffolding"
    assert not left[ended].exists()
    assert left[os.getppid()].exists()
    assert all(folder.exists() for folder in foreign)
