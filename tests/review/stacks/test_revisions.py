"""Two revisions, synthesized: a git repository whose main.py writes a stack as CDKTF would."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from review.revision import UnknownRevisionError
from review.stacks import synthesis as making
from review.stacks.revisions import NothingToSynthesizeError, revisions
from review.stacks.synthesis import SynthesisFailedError, synthesize

MAIN = """\
import json, os, pathlib
out = pathlib.Path(os.environ["CDKTF_OUTDIR"])
out.mkdir(exist_ok=True)
stack = {"resource": {"aws_vpc": {"vpc": {"cidr_block": CIDR}}}}
(out / "cdk.tf.json").write_text(json.dumps(stack))
entry = {"dependencies": [], "synthesizedStackPath": "cdk.tf.json"}
(out / "manifest.json").write_text(json.dumps({"stacks": {"dev-network": entry}}))
"""


def main(cidr: str) -> str:
    return MAIN.replace("CIDR", json.dumps(cidr))


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
    command = ["git", *identity, *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def commit(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=more")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """main.py committed as `main`, and a branch that is checked out."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, main_py=main("10.0.0.0/16"), Pipfile_lock="{}")
    git(folder, "checkout", "--quiet", "-b", "change")
    return folder


def cidrs(repository: Path, base: str = "main") -> list[str]:
    with revisions(repository, base=base) as (before, after):
        return [
            each["dev-network"].resources["aws_vpc.vpc"]["cidr_block"]
            for each in synthesize(before, after, say=lambda _: None)
        ]


def test_the_working_tree_is_compared_with_what_it_came_from(repository: Path) -> None:
    (repository / "main.py").write_text(main("10.1.0.0/16"))
    assert cidrs(repository) == ["10.0.0.0/16", "10.1.0.0/16"]
    assert git(repository, "status", "--porcelain") == "M main.py"


def test_what_main_got_since_is_no_part_of_the_change(repository: Path) -> None:
    commit(repository, main_py=main("10.1.0.0/16"))
    git(repository, "checkout", "--quiet", "main")
    tip = commit(repository, main_py=main("10.9.0.0/16"))
    git(repository, "checkout", "--quiet", "change")
    assert cidrs(repository) == ["10.0.0.0/16", "10.1.0.0/16"]
    with revisions(repository, base="main") as (before, _):
        assert before.name.endswith(", where this left main")
        assert tip[:9] not in before.name


def test_a_branch_that_only_the_remote_has_is_found_there(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--branch=change", str(repository), str(clone))
    with revisions(clone, base="main") as (before, _):
        assert before.name.startswith("origin/main (")


def test_a_shallow_checkout_is_told_how_to_get_its_history(
    repository: Path, tmp_path: Path
) -> None:
    commit(repository, main_py=main("10.1.0.0/16"))
    git(repository, "checkout", "--quiet", "main")
    commit(repository, main_py=main("10.2.0.0/16"))
    clone = tmp_path / "clone"
    remote = f"file://{repository}"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=change", remote, str(clone))
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    with pytest.raises(UnknownRevisionError, match="fetch-depth: 0"), revisions(clone, base="main"):
        pass


def test_an_unknown_revision_is_refused_by_name(repository: Path) -> None:
    with (
        pytest.raises(UnknownRevisionError, match="no revision 'nowhere'"),
        revisions(repository, base="nowhere"),
    ):
        pass


def test_a_base_without_stacks_is_refused_by_name(repository: Path) -> None:
    git(repository, "rm", "--quiet", "main.py")
    empty = commit(repository, other_txt="x")
    commit(repository, main_py=main("10.1.0.0/16"))
    with (
        pytest.raises(NothingToSynthesizeError, match=rf"{empty} \({empty[:9]}\) has no main\.py"),
        revisions(repository, base=empty),
    ):
        pass


def test_a_folder_that_is_not_the_platforms_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(NothingToSynthesizeError, match="checkout of the platform's repository"),
        revisions(tmp_path, base="main"),
    ):
        pass


def test_the_end_of_its_errors_says_which_revision_does_not_synthesize(repository: Path) -> None:
    (repository / "main.py").write_text("raise SystemExit('dev.py:3: cidr is none')")
    with pytest.raises(SynthesisFailedError) as refused:
        cidrs(repository)
    assert str(refused.value) == (
        "the working tree does not synthesize (exit code 1):\n  dev.py:3: cidr is none"
    )


def test_both_revisions_are_told_where_both_fail(repository: Path) -> None:
    commit(repository, main_py="raise SystemExit('first')")
    (repository / "main.py").write_text("raise SystemExit('second')")
    with pytest.raises(SynthesisFailedError) as refused:
        cidrs(repository, base="HEAD")
    assert "first" in str(refused.value)
    assert "the working tree does not synthesize" in str(refused.value)


def test_a_synthesis_that_writes_nothing_is_no_success(repository: Path) -> None:
    (repository / "main.py").write_text("")
    with pytest.raises(SynthesisFailedError, match="the working tree does not synthesize"):
        cidrs(repository)


def test_a_synthesis_that_hangs_is_ended(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SECONDS", 1)
    (repository / "main.py").write_text("import time; time.sleep(60)")
    with pytest.raises(SynthesisFailedError, match="not done after 1 s"):
        cidrs(repository)


def test_no_revision_imports_the_others_modules(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stray.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (repository / "main.py").write_text("import stray")
    with pytest.raises(SynthesisFailedError, match="No module named 'stray'"):
        cidrs(repository)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """A `make` that does what main.py would, and the folders in which it ran."""
    tools, log = tmp_path / "tools", tmp_path / "log"
    tools.mkdir()
    run = f'exec "{sys.executable}" main.py'
    (tools / "make").write_text(f'#!/bin/sh\necho "$1" >>"{log}"\n{run}\n')
    (tools / "make").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return lambda: log.read_text().split() if log.exists() else []


def test_equal_locks_share_one_environment(repository: Path, made: Callable[[], list[str]]) -> None:
    cidrs(repository)
    assert made() == []


def test_another_lock_gets_an_environment_of_its_own_and_is_told(
    repository: Path, made: Callable[[], list[str]]
) -> None:
    (repository / "Pipfile.lock").write_text('{"other": 1}')
    said: list[str] = []
    with revisions(repository, base="main") as (before, after):
        synthesize(before, after, say=said.append)
    assert made() == ["synth"]
    assert [("`make synth`" in each) for each in said] == [True, False]
