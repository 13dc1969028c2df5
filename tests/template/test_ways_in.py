"""The command line, a config file, Python and a replay: the same rules, whichever way is taken."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from delivery.stack_folder import ROOT

TEMPLATES = ROOT / "gitops-template"
SECONDS = 60

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Bare `cookiecutter`, as its users type it, with a home of its own."""
    home = tmp_path / "home"
    home.mkdir()

    def cookiecutter(*arguments: str, into: str = "out") -> subprocess.CompletedProcess[str]:
        output = ("--output-dir", str(tmp_path / into))
        return subprocess.run(
            [sys.executable, "-m", "cookiecutter", str(TEMPLATES), *output, *arguments],
            env={**os.environ, "HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    return cookiecutter


def config(folder: Path, **answers: object) -> str:
    file = folder / "config.yaml"
    file.write_text(json.dumps({"default_context": answers}))
    return str(file)


def test_the_repository_is_the_first_template(run: Run, tmp_path: Path):
    ended = run("--no-input", "repository_name=shop-gitops")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == ["shop-gitops"]


def test_it_is_also_found_by_its_folder(run: Run, tmp_path: Path):
    ended = run("--no-input", "--directory", "repository")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert (tmp_path / "out" / "gitops" / "environments" / "prod").is_dir()


def test_a_config_file_answers(run: Run, tmp_path: Path):
    file = config(tmp_path, repository_name="from-file", domain="shop.example.com")
    ended = run("--no-input", "--config-file", file)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    facts = (tmp_path / "out" / "from-file" / "environments" / "dev" / "facts.yaml").read_text()
    assert 'domain: "dev.shop.example.com"' in facts


def test_a_person_is_asked_and_each_enter_takes_the_default(run: Run, tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-m", "cookiecutter", str(TEMPLATES / "repository")],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path / "home")},
        input="asked-gitops\n" + "\n" * 20,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Name of the GitOps repository" in ended.stdout
    assert (tmp_path / "asked-gitops" / "platform").is_dir()


REFUSED = [
    ("an unknown answer", {"colour": "blue"}, "colour: is no answer of this template"),
    ("no choice", {"example_services": "maybe"}, "Write one of no, yes"),
    ("a bad name", {"repository_name": "Shop"}, "Did you mean 'shop'?"),
    ("an expression", {"domain": "@{ 7*7 }@.example.com"}, "template's delimiter"),
]


@pytest.mark.parametrize(("claim", "answers", "told"), REFUSED, ids=[case[0] for case in REFUSED])
@pytest.mark.parametrize("way", ["command line", "config file", "replay"])
def test_refused_alike(
    way: str, claim: str, answers: dict[str, str], told: str, run: Run, tmp_path: Path
):
    if way == "command line":
        ended = run("--no-input", *(f"{name}={answer}" for name, answer in answers.items()))
    elif way == "config file":
        ended = run("--no-input", "--config-file", config(tmp_path, **answers))
    else:
        kept = tmp_path / "home" / ".cookiecutter_replay" / "repository.json"
        assert run("--no-input", "--directory", "repository", into="first").returncode == 0
        before = json.loads(kept.read_text())
        before["cookiecutter"].update(answers)
        kept.write_text(json.dumps(before))
        ended = run("--replay", "--directory", "repository")
    assert ended.returncode == 1, ended.stdout
    assert told in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_standing_config_of_ones_own_serves_other_templates_too(run: Run, tmp_path: Path):
    own = tmp_path / "home" / ".cookiecutterrc"
    own.write_text("default_context:\n  full_name: Ada\n  domain: ada.example.com\n")
    assert run("--no-input").returncode == 0
    facts = (tmp_path / "out" / "gitops" / "environments" / "prod" / "facts.yaml").read_text()
    assert 'domain: "ada.example.com"' in facts


def test_declined_hooks_are_refused_because_the_last_step_is_one(run: Run, tmp_path: Path):
    ended = run("--no-input", "--accept-hooks", "no")
    assert ended.returncode == 1
    assert ended.stdout.startswith("hooks: are declined.")
    assert not (tmp_path / "out").exists()


def test_a_file_as_output_folder_is_refused(run: Run, tmp_path: Path):
    (tmp_path / "out").write_text("mine")
    ended = run("--no-input")
    assert ended.returncode == 1
    assert "is a file. Name a folder." in ended.stdout
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("option", ["--overwrite-if-exists", "--skip-if-file-exists"])
def test_what_stands_there_is_never_written_over(option: str, run: Run, tmp_path: Path):
    """Bad input 22: a folder with the team's own edits."""
    edited = tmp_path / "out" / "gitops" / "README.md"
    edited.parent.mkdir(parents=True)
    edited.write_text("ours")
    ended = run("--no-input", option)
    assert ended.returncode == 1
    assert "exists already" in ended.stdout
    assert "tribe update" in ended.stdout
    assert [file.read_text() for file in (tmp_path / "out").rglob("*") if file.is_file()] == [
        "ours"
    ]
