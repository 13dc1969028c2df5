"""Staging: all is written under a hidden name first, and takes its place when it is whole."""

import atexit
import filecmp
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

SUFFIX = ".scaffolding"


def staging_name(output_dir: Path, target: str) -> str:
    """A hidden folder's name in `output_dir` for what shall become `target`.

    What a killed run left there is swept away.
    """
    for left in output_dir.glob(f".{target}.*{SUFFIX}"):
        if not _is_at_work(left.name, target):
            shutil.rmtree(left, ignore_errors=True)
    name = f".{target}.{os.getpid()}{SUFFIX}"
    # Whatever ends this process, an error or an interrupt, ends its unfinished work too.
    atexit.register(shutil.rmtree, output_dir / name, ignore_errors=True)
    return name


def is_staged(folder: Path) -> bool:
    """Whether the folder is one that has not taken its place yet."""
    return folder.name.endswith(SUFFIX)


def settle(staged: Path, target: Path) -> None:
    """Name the finished folder, in one step. Raises: OSError if `target` holds anything."""
    staged.rename(target)


def place(staged: Path, into: Path, *, last: str) -> None:
    """Move each staged file to its place in `into`, where none of them exists; `last` comes last.

    A folder that is new there moves whole, in one step. A file that stands there already with the
    same content is what a killed run had moved. last: the path whose presence means "done".

    Raises: FileExistsError for a file with other content, OSError; what was moved is moved back.
    """
    for file in _files(staged):
        there = into / file
        if not there.parent.resolve().is_relative_to(into.resolve()):
            raise FileExistsError(f"{file} would leave {into} by a link. Nothing was written.")
        if there.is_symlink() or (
            there.exists() and not filecmp.cmp(staged / file, there, shallow=False)
        ):
            raise FileExistsError(
                f"{file} exists already, with other content. Nothing was written."
            )
    moved: list[tuple[Path, Path]] = []
    try:
        for path in sorted(_absent(staged, into), key=lambda path: path.is_relative_to(last)):
            (staged / path).rename(into / path)
            moved.append((staged / path, into / path))
    except OSError:
        for source, there in reversed(moved):
            there.rename(source)
        raise
    shutil.rmtree(staged)


def _is_at_work(name: str, target: str) -> bool:
    match = re.fullmatch(re.escape(f".{target}.") + r"([0-9]+)" + re.escape(SUFFIX), name)
    if match is None:
        return True  # none that this package names
    if int(match[1]) == os.getpid():
        return False  # an earlier run in this very process, which failed
    try:
        os.kill(int(match[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _files(root: Path) -> list[Path]:
    return sorted(path.relative_to(root) for path in root.rglob("*") if not path.is_dir())


def _absent(staged: Path, into: Path, below: Path = Path()) -> Iterator[Path]:
    """The topmost paths that `into` lacks, files and folders."""
    for entry in sorted((staged / below).iterdir()):
        path = below / entry.name
        if not (into / path).exists():
            yield path
        elif entry.is_dir():
            yield from _absent(staged, into, path)
