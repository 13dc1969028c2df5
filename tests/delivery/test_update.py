"""A repository that people have edited takes what is new in its template, and keeps their edits."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from delivery import update as updating
from delivery.stack_folder import ROOT
from delivery.three_way_merge import git
from delivery.update import ANSWERS, TEMPLATES, Update, UpdateError, _bake

PROJECT = Path("repository", "@{staging(cookiecutter)}@")


class Platform:
    """A platform's repository with nothing but the templates in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / TEMPLATES, folder / TEMPLATES, ignore=_caches)
        git(folder, "init", "--quiet", "--initial-branch=main")
        self.commit()

    def commit(self) -> str:
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", "change")
        return git(self.folder, "rev-parse", "HEAD").decode().strip()

    def file(self, name: str) -> Path:
        """A file of the repository's template."""
        return self.folder / TEMPLATES / PROJECT / name


def _caches(_: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__"}


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    (tmp_path / "platform").mkdir()
    return Platform(tmp_path / "platform")


@pytest.fixture
def repository(platform: Platform, tmp_path: Path) -> Path:
    """Scaffolded from the platform's first commit, and pushed by a team of its own."""
    made = _bake(platform.folder / TEMPLATES, {"domain": "shop.example.com"}, tmp_path / "first")
    repository = tmp_path / "gitops"
    made.rename(repository)
    git(repository, "init", "--quiet", "--initial-branch=main")
    save(repository)
    return repository


def save(repository: Path) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "edit")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def update(repository: Path, platform: Platform, tmp_path: Path, base: str | None = None) -> Update:
    place = tmp_path / "place"
    place.mkdir()
    return Update(repository, platform=platform.folder, place=place, base=base)


def test_the_repository_remembers_the_tree_that_it_was_made_from(
    repository: Path, platform: Platform
):
    tree = git(platform.folder, "rev-parse", f"HEAD:{TEMPLATES}").decode().strip()
    assert yaml.safe_load((repository / ANSWERS).read_text())["revision"] == tree


def test_nothing_new_changes_nothing(repository: Path, platform: Platform, tmp_path: Path):
    assert update(repository, platform, tmp_path).difference == b""


def test_what_is_new_comes_and_what_people_wrote_stays(
    repository: Path, platform: Platform, tmp_path: Path
):
    edit(repository / "README.md", "## Your first day", "## Your very first day")
    edit(repository / "addons/keda/values-prod.yaml", "replicaCount: 2", "replicaCount: 3")
    (repository / "services/api-services/shop").mkdir(parents=True)
    (repository / "services/api-services/shop/values.yaml").write_text("class: api\n")
    save(repository)
    edit(platform.file("platform/values.yaml"), 'pods: "100"', 'pods: "120"')
    edit(platform.file("README.md"), "## What each folder is", "## What is where")
    platform.file("docs/runbooks/new.md").write_text("# New\n")
    platform.commit()

    made = update(repository, platform, tmp_path)
    assert made.conflicts == made.kept == []
    made.apply()
    assert 'pods: "120"' in (repository / "platform/values.yaml").read_text()
    assert (repository / "docs/runbooks/new.md").read_text() == "# New\n"
    readme = (repository / "README.md").read_text()
    assert "## What is where" in readme
    assert "## Your very first day" in readme
    assert "replicaCount: 3" in (repository / "addons/keda/values-prod.yaml").read_text()
    assert (repository / "services/api-services/shop/values.yaml").read_text() == "class: api\n"
    kept = yaml.safe_load((repository / ANSWERS).read_text())
    assert kept["answers"]["domain"] == "shop.example.com"
    tree = git(platform.folder, "rev-parse", f"HEAD:{TEMPLATES}").decode().strip()
    assert kept["revision"] == tree


def test_the_same_line_changed_on_both_sides_is_left_to_a_person(
    repository: Path, platform: Platform, tmp_path: Path
):
    edit(repository / "platform/values.yaml", 'pods: "100"', 'pods: "90"')
    save(repository)
    edit(platform.file("platform/values.yaml"), 'pods: "100"', 'pods: "120"')
    platform.commit()
    made = update(repository, platform, tmp_path)
    assert made.conflicts == ["platform/values.yaml"]
    made.apply()
    text = (repository / "platform/values.yaml").read_text()
    assert "<<<<<<<" in text
    assert 'pods: "90"' in text
    assert 'pods: "120"' in text


def test_what_people_removed_does_not_come_back_and_what_they_changed_is_not_removed(
    repository: Path, platform: Platform, tmp_path: Path
):
    shutil.rmtree(repository / "addons" / "keda")
    edit(repository / ".editorconfig", "indent_size = 2", "indent_size = 4")
    save(repository)
    edit(platform.file("addons/keda/addon.yaml"), "2.20.2", "2.20.3")
    platform.file(".editorconfig").unlink()
    platform.commit()
    made = update(repository, platform, tmp_path)
    assert sorted(made.kept) == [".editorconfig", "addons/keda/addon.yaml"]
    made.apply()
    assert not (repository / "addons" / "keda").exists()
    assert "indent_size = 4" in (repository / ".editorconfig").read_text()


def test_facts_that_terraform_wrote_stand(repository: Path, platform: Platform, tmp_path: Path):
    facts = Path("environments/dev/facts.yaml")
    written = (repository / facts).read_text().replace("00000000000000000", "0123456789abcdef0")
    (repository / facts).write_text(written)
    save(repository)
    edit(platform.file(str(facts)), "facts:\n", "facts:\n  colour: blue\n")
    platform.commit()
    update(repository, platform, tmp_path).apply()
    assert (repository / facts).read_text() == written


def test_a_new_answer_takes_its_default_and_one_that_is_gone_is_let_go(
    repository: Path, platform: Platform, tmp_path: Path
):
    questions = platform.folder / TEMPLATES / "repository" / "cookiecutter.json"
    edit(questions, '  "branch": "main",', '  "trunk": "main",')
    edit(questions, '"branch": "Branch', '"trunk": "Branch')
    extension = platform.folder / TEMPLATES / "repository" / "repository_template.py"
    edit(extension, '"branch": _branch_fault', '"trunk": _branch_fault')
    files = [
        *platform.file("environments").glob("*/*.yaml"),
        *platform.file(".github/workflows").glob("*.yaml"),
    ]
    for file in files:
        file.write_text(file.read_text().replace("cookiecutter.branch", "cookiecutter.trunk"))
    platform.commit()
    update(repository, platform, tmp_path).apply()
    answers = yaml.safe_load((repository / ANSWERS).read_text())["answers"]
    assert answers["trunk"] == "main"
    assert "branch" not in answers


REFUSED = "Nothing was changed"


def test_uncommitted_edits_are_refused(repository: Path, platform: Platform, tmp_path: Path):
    (repository / "README.md").write_text("half a thought")
    with pytest.raises(UpdateError, match="not committed"):
        update(repository, platform, tmp_path)
    assert (repository / "README.md").read_text() == "half a thought"


def test_a_template_with_uncommitted_changes_is_refused(
    repository: Path, platform: Platform, tmp_path: Path
):
    edit(platform.file("README.md"), "## What each folder is", "## What is where")
    with pytest.raises(UpdateError, match="changes that are not committed"):
        update(repository, platform, tmp_path)


def test_a_folder_that_was_not_scaffolded_is_refused(platform: Platform, tmp_path: Path):
    with pytest.raises(UpdateError, match=r"is .* a scaffolded repository"):
        update(platform.folder, platform, tmp_path)


def test_an_unknown_revision_says_how_to_find_it_and_a_commit_can_be_named_instead(
    repository: Path, platform: Platform, tmp_path: Path
):
    kept = yaml.safe_load((repository / ANSWERS).read_text())
    edit(repository / ANSWERS, kept["revision"], "0" * 40)
    save(repository)
    first = git(platform.folder, "rev-parse", "HEAD").decode().strip()
    edit(platform.file("platform/values.yaml"), 'pods: "100"', 'pods: "120"')
    platform.commit()
    with pytest.raises(UpdateError, match="--base COMMIT"):
        update(repository, platform, tmp_path)
    shutil.rmtree(tmp_path / "place")
    made = update(repository, platform, tmp_path, base=first)
    assert b'pods: "120"' in made.difference


def test_the_command_shows_the_difference_first_and_changes_nothing_unless_told(
    repository: Path, platform: Platform, monkeypatch: pytest.MonkeyPatch
):
    edit(platform.file("platform/values.yaml"), 'pods: "100"', 'pods: "120"')
    platform.commit()
    monkeypatch.setattr(updating, "ROOT", platform.folder)
    asked = CliRunner().invoke(updating.main, [str(repository)], input="n\n")
    assert asked.exit_code == 1
    assert '+      pods: "120"' in asked.output
    assert git(repository, "status", "--porcelain") == b""
    told = CliRunner().invoke(updating.main, [str(repository), "--yes"])
    assert told.exit_code == 0, told.output
    assert b" M platform/values.yaml" in git(repository, "status", "--porcelain")
    save(repository)
    again = CliRunner().invoke(updating.main, [str(repository)])
    assert again.output == "It is up to date.\n"


def test_nobodys_own_git_configuration_or_hooks_take_part(
    repository: Path, platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "pre-commit").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    (hooks / "pre-commit").chmod(0o755)
    monkeypatch.setenv("HOME", str(tmp_path))
    subprocess.run(
        ["git", "config", "--global", "core.hooksPath", str(hooks)], check=True, timeout=10
    )
    edit(platform.file("platform/values.yaml"), 'pods: "100"', 'pods: "120"')
    platform.commit()
    update(repository, platform, tmp_path).apply()
    assert not (tmp_path / "ran").exists()
