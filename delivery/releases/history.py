"""What ran when, from git's history of the files that say it.

The branch's own commits are read, first parent by first parent: what came by a pull request counts
from its merge, since that is when Argo CD saw it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from delivery.releases.blobs import blobs
from delivery.releases.commit import Commit
from delivery.releases.image import Image, read_image
from delivery.releases.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class Ran:
    """commit: that brought it. date: of the commit, as 2026-11-23."""

    commit: str
    date: str
    image: Image


def ran(commit: Commit, file: str) -> list[Ran]:
    """Every image that the file said up to the commit, the last one first. What cannot be read as
    an image ran nowhere, and is left out.
    """
    changes = _changes(commit, [file])
    texts = blobs(commit.git, [f"{sha}:{file}" for sha, _ in changes])
    return [
        Ran(commit=sha, date=date, image=image)
        for (sha, date), text in zip(changes, texts, strict=True)
        if (image := _image(text, file))
    ]


def appearances(commit: Commit, files: Sequence[str]) -> dict[str, int]:
    """Identity of an image → when it was first seen in any of the files, as a rising number."""
    changes = list(reversed(_changes(commit, files)))
    texts = blobs(commit.git, [f"{sha}:{file}" for sha, _ in changes for file in files])
    first: dict[str, int] = {}
    for at, text in enumerate(texts):
        if image := _image(text, ""):
            first.setdefault(image.identity, at // len(files))
    return first


def _changes(commit: Commit, files: Sequence[str]) -> list[tuple[str, str]]:
    """Commit and date of each change of the files, the last one first."""
    # No signatures: a person's own settings may have them shown between the lines.
    log = commit.git.text(
        *("log", "--first-parent", "--no-show-signature", "--format=%H %cs", commit.sha, "--"),
        *files,
    )
    return [(sha, date) for sha, _, date in (line.partition(" ") for line in log.splitlines())]


def _image(text: str | None, file: str) -> Image | None:
    try:
        return read_image(text, file=file) if text is not None else None
    except Refused:
        return None
