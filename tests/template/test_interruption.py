"""Killed, full, in parallel: nothing half-made, and the same command run again succeeds."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cookiecutter.exceptions import FailedHookException

from delivery.scaffold import TEMPLATE, bake

SECONDS = 60
ATTEMPTS = 8  # moments of the run, spread over it


def start(output: Path, home: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cookiecutter", str(TEMPLATE), "--no-input"]
    return subprocess.Popen(
        [*command, "--output-dir", str(output), *arguments],
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[Path], float]:
    """What a run makes that nobody disturbs, and how many seconds it takes."""
    place = tmp_path_factory.mktemp("whole")
    began = time.monotonic()
    assert start(place, place / "home").wait(SECONDS) == 0
    return files(place / "gitops"), time.monotonic() - began


@pytest.mark.parametrize("moment", range(1, ATTEMPTS + 1))
def test_a_killed_run_leaves_all_or_nothing_and_the_next_one_succeeds(
    moment: int, whole: tuple[set[Path], float], tmp_path: Path
):
    expected, seconds = whole
    output = tmp_path / "out"
    output.mkdir()
    process = start(output, tmp_path / "home")
    time.sleep(seconds * moment / (ATTEMPTS + 1))
    process.send_signal(signal.SIGKILL)
    process.wait(SECONDS)
    time.sleep(0.2)  # the hook, its child, may just be renaming
    if (output / "gitops").exists():
        assert files(output / "gitops") == expected
        return
    assert start(output, tmp_path / "home").wait(SECONDS) == 0
    assert [entry.name for entry in output.iterdir()] == ["gitops"], "a hidden folder was left"
    assert files(output / "gitops") == expected


def test_a_run_that_a_person_interrupts_leaves_nothing(
    whole: tuple[set[Path], float], tmp_path: Path
):
    output = tmp_path / "out"
    output.mkdir()
    process = start(output, tmp_path / "home")
    deadline = time.monotonic() + SECONDS
    while not any(output.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    process.wait(SECONDS)
    left = [entry.name for entry in output.iterdir()]
    assert left in ([], ["gitops"])


def test_a_run_at_the_same_time_is_not_swept_away(whole: tuple[set[Path], float], tmp_path: Path):
    """Two people, one folder: one of them succeeds, wholly, and the other is told."""
    output = tmp_path / "out"
    both = [start(output, tmp_path / f"home{number}") for number in (1, 2)]
    codes = sorted(process.wait(SECONDS) for process in both)
    assert codes == [0, 1]
    assert [entry.name for entry in output.iterdir()] == ["gitops"]
    assert files(output / "gitops") == whole[0]


def test_a_full_disk_leaves_nothing(tmp_path: Path):
    """A file size limit stands for the disk: the write fails in the middle, as it would there."""
    output = tmp_path / "out"
    output.mkdir()
    limited = (
        "import resource, signal, sys, runpy;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000));"
        "sys.argv = ['cookiecutter', *sys.argv[1:]];"
        "runpy.run_module('cookiecutter', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-B", "-c", limited, str(TEMPLATE), "--no-input", "-o", str(output)],
        env={**os.environ, "HOME": str(tmp_path / "home")},
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode != 0
    assert b"generate_file" in ended.stderr, "it failed before it wrote anything"
    assert list(output.iterdir()) == []
    assert start(output, tmp_path / "home").wait(SECONDS) == 0


def test_a_folder_that_may_not_be_written_to_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(FailedHookException, match=r"cannot be written to\. Name another"):
        bake(TEMPLATE, {}, into=tmp_path)
    assert not (tmp_path / "made").exists()
