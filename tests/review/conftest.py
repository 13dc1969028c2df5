"""Repositories made of a few lines of text."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from review.repository import Repository
from tests.review.tiny import TINY, URL

Files = dict[str, str]
Make = Callable[..., Repository]


@pytest.fixture
def checkout(tmp_path: Path) -> Make:
    """Writes files, path by path, and gives the repository they make."""

    def make(files: Files) -> Repository:
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(dedent(text).lstrip("\n"))
        return Repository(root=tmp_path, url=URL)

    return make


@pytest.fixture
def tiny(checkout: Make) -> Make:
    """The tiny GitOps repository, with what a test changes; None takes a file away."""

    def make(changes: dict[str, str | None] | None = None) -> Repository:
        files = {**TINY, **(changes or {})}
        return checkout({path: text for path, text in files.items() if text is not None})

    return make
