"""The GitOps repository on disk: each file read once."""

import os
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from stat import S_ISREG
from typing import Any

from review import globs
from review.could_not_run import CouldNotRun
from review.go_yaml import YamlError
from review.helm import engine
from review.problem import Problem
from review.urls import plain_url

MISSING = object()


class FileProblem(CouldNotRun):
    """A file that cannot be used; `problem` says which, where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass
class Repository:
    """A checkout. Paths go in and out as texts relative to its root, with slashes.

    url: what Argo CD calls the repository, to know it from others.
    """

    root: Path
    url: str = ""
    _places: dict[str, Path] = field(default_factory=dict, repr=False)
    _read: dict[str, Any] = field(default_factory=dict, repr=False)
    _texts: dict[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def files(self) -> list[str]:
        """All files but git's own, sorted."""
        found = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = [name for name in folders if name != ".git"]
            base = Path(folder).relative_to(self.root).as_posix()
            found += [name if base == "." else f"{base}/{name}" for name in names]
        return sorted(found)

    def __contains__(self, path: str) -> bool:
        """Whether there is a file of this path."""
        first = bisect_left(self.files, path)
        return self.files[first : first + 1] == [path]

    @cached_property
    def directories(self) -> list[str]:
        """All directories that are not hidden and in no hidden one, sorted."""
        found = []
        for folder, folders, _ in os.walk(self.root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            base = Path(folder).relative_to(self.root).as_posix()
            found += [name if base == "." else f"{base}/{name}" for name in folders]
        return sorted(found)

    def owns(self, url: str) -> bool:
        """Whether a source's repoURL is this repository."""
        return bool(url) and plain_url(url) == plain_url(self.url)

    def matching(self, pattern: str) -> list[str]:
        match = globs.doublestar(pattern.removeprefix("/")).fullmatch
        return [path for path in self.files if match(path)]

    def inside(self, path: str) -> Path:
        """The path on disk. Raises: FileProblem, if it leaves the repository, by a link too."""
        if path not in self._places:
            try:
                full = (self.root / path).resolve()
            except RuntimeError:
                message = "is a link that leads back to itself"
                raise FileProblem(Problem(rule="file", file=path, message=message)) from None
            if not full.is_relative_to(self._real):
                raise FileProblem(
                    Problem(rule="outside", file=path, message="is outside of the repository")
                )
            self._places[path] = full
        return self._places[path]

    @cached_property
    def _real(self) -> Path:
        return self.root.resolve()

    def text(self, path: str) -> str:
        """Raises: FileProblem."""
        if path not in self._texts:
            self._texts[path] = self._text(path)
        return self._texts[path]

    def below(self, folder: str) -> list[str]:
        """Files in a folder and in those below it."""
        prefix = "" if folder in {"", "."} else f"{folder.rstrip('/')}/"
        first = bisect_left(self.files, prefix)
        return list(takewhile(lambda path: path.startswith(prefix), self.files[first:]))

    def _text(self, path: str) -> str:
        full = self.inside(path)
        try:
            # A pipe or a device would be waited for.
            if not S_ISREG(full.stat().st_mode) and not full.is_dir():
                raise FileProblem(Problem(rule="file", file=path, message="is no plain file"))
            return full.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            message = "is not there"
        except IsADirectoryError:
            message = "is a folder, and a file is meant"
        except UnicodeDecodeError as error:
            message = f"is not UTF-8: {error.reason} at byte {error.start}"
        raise FileProblem(Problem(rule="file", file=path, message=message))

    def yaml(self, path: str) -> Any:
        """The first document of a file, as Go reads it; not to be changed. Raises: FileProblem."""
        found = self._read.get(path, MISSING)
        if found is MISSING:
            try:
                found = engine().read(self.text(path))
            except YamlError as error:
                found = FileProblem(
                    Problem(rule="yaml", file=path, line=error.line, message=f"is no YAML: {error}")
                )
            except FileProblem as error:
                found = error
            self._read[path] = found
        if isinstance(found, FileProblem):
            raise found
        return found
