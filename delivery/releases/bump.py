"""Pushing a new image to a branch that others push to as well."""

import random
import time

from delivery.releases.commit import Commit
from delivery.releases.git import GitFailed
from delivery.releases.image import Image, read_image
from delivery.releases.image_file import rewritten
from delivery.releases.refusal import Refused
from delivery.releases.repository import REMOTE, Repository
from delivery.releases.tag import newer

TRIES = 8
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 3.0


def image_at(commit: Commit, file: str) -> Image:
    """Raises: Refused, where the file is not there."""
    text = commit.text(file)
    if text is None:
        raise Refused(f"{file} is not there: `tribe service` makes it, `tribe retire` removes it.")
    return read_image(text, file=file)


def refuse_older(image: Image, *, there: Image, file: str) -> None:
    """Raises: Refused, where the version is older than the one that is there, or is that version
    with other content: the registry's tags are immutable, so one of the two digests is none of it.
    """
    if newer(there.tag, image.tag):
        mend = "To go back: tribe rollback."
        raise Refused(f"{file} has {there.tag}, which is newer than {image.tag}. {mend}")
    if there.digest and there.tag == image.tag and there.digest != image.digest:
        mend = "Give the new build a tag of its own."
        raise Refused(f"{file} has {there.tag} with the digest {there.digest}. {mend}")


def bumped(commit: Commit, image: Image, *, file: str, message: str) -> Commit:
    """A commit upon `commit` that changes the file's image and nothing else. Raises: Refused."""
    text = commit.text(file) or ""
    return commit.then({file: rewritten(text, image, file=file)}, message=message)


def pushed(
    repository: Repository, image: Image, *, branch: str, file: str, began: Image, message: str
) -> Commit | None:
    """Put the image on the branch at the remote, upon whatever others pushed meanwhile.

    began: what the file said when the command began. Whoever pushed another image since then is
    overwritten only by a newer version. Two commits have no order that this repository knows, so
    the second to come is refused: it is the one that may be stale.
    Returns None where the remote has the image already.
    Raises: Refused; GitFailed, after the last try or where it is no race.
    """
    tip, alone = repository.fetched(branch), 0
    for attempt in range(1, TRIES + 1):
        there = image_at(tip, file)
        if there == image:
            return None
        if there != began and not newer(image.tag, there.tag):
            mend = "Look at which of the two is meant, and release that one again."
            raise Refused(f"{file} changed meanwhile, to {there}: not overwritten. {mend}")
        refuse_older(image, there=there, file=file)
        commit = bumped(tip, image, file=file, message=message)
        try:
            repository.git.run("push", "--quiet", REMOTE, f"{commit.sha}:refs/heads/{branch}")
            return commit
        except GitFailed as refusal:
            last = refusal
        pause = min(FIRST_PAUSE_SECONDS * 2**attempt, LONGEST_PAUSE_SECONDS)
        time.sleep(random.uniform(pause / 2, pause))
        before, tip = tip, repository.fetched(branch)
        # Twice that nobody came in between: it is a right or a rule, and not a push that another
        # had begun and not ended.
        alone = alone + 1 if tip.sha == before.sha else 0
        if alone == 2:
            raise last
    raise GitFailed(f"Others pushed first, {TRIES} times. Run it again. {last}")
