"""What happens around a template: folders left by others, git that does not answer, a race."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cookiecutter.generate
import pytest
import yaml
from cookiecutter.exceptions import FailedHookException

from delivery.scaffold import TEMPLATE, bake
from delivery.stack_folder import ROOT

sys.path += [str(ROOT / "gitops-template"), str(ROOT / "gitops-template" / "repository")]

import repository_template
from scaffolding import staging
from scaffolding.answers import Refused, read_answers


def left(folder: Path, number: int) -> Path:
    made = folder / f".shop.{number}.scaffolding"
    made.mkdir()
    return made


def test_what_an_earlier_run_of_this_process_left_is_swept(tmp_path: Path):
    own = left(tmp_path, os.getpid())
    assert staging.staging_name(tmp_path, "shop") == own.name
    assert not own.exists()


def test_what_another_persons_run_is_at_work_on_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def not_ours(*_: int) -> None:
        raise PermissionError

    other = left(tmp_path, 1)
    monkeypatch.setattr(staging.os, "kill", not_ours)
    staging.staging_name(tmp_path, "shop")
    assert other.exists()


def test_a_template_that_cookiecutter_does_not_run_is_refused():
    with pytest.raises(Refused, match="Run this template by cookiecutter, not by parts of it"):
        read_answers({}, rules={})


@pytest.mark.parametrize("error", [OSError("no git"), subprocess.TimeoutExpired("git", 10)])
def test_where_git_does_not_answer_the_template_has_no_revision(
    error: Exception, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(repository_template.subprocess, "run", fails)
    made = bake(TEMPLATE, {}, into=tmp_path)
    assert not yaml.safe_load((made / ".scaffold.yaml").read_text())["revision"]


def test_whoever_takes_the_name_meanwhile_keeps_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    plain = cookiecutter.generate.run_hook_from_repo_dir
    taken = tmp_path / "made" / "gitops"

    def after_another(*arguments: Any) -> None:
        if "post_gen_project" in arguments:
            taken.mkdir()
            (taken / "theirs").write_text("ours came first")
        plain(*arguments)

    monkeypatch.setattr(cookiecutter.generate, "run_hook_from_repo_dir", after_another)
    with pytest.raises(FailedHookException):
        bake(TEMPLATE, {}, into=tmp_path)
    assert [path.name for path in taken.parent.iterdir()] == ["gitops"]
    assert (taken / "theirs").read_text() == "ours came first"
