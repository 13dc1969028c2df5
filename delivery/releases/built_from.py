"""Where an image was built from: kept in the release's commit, shown in a promotion."""

import re

from delivery.releases.commit import Commit
from delivery.releases.history import ran
from delivery.releases.image import Image
from delivery.releases.refusal import Refused

# A trailer, in git's sense (https://git-scm.com/docs/git-interpret-trailers).
TRAILER = "Built-from"
PAGE = re.compile(r"(https://[A-Za-z0-9.-]+/[\w.-]+/[\w.-]+)/commit/([0-9a-f]{40})", re.ASCII)


def trailer(page: str | None) -> str:
    """The last lines of a release's message. Raises: Refused, for what is no commit's page."""
    if page is None:
        return ""
    if not PAGE.fullmatch(page):
        mend = "Write its page: https://github.com/<owner>/<name>/commit/<40 letters>."
        raise Refused(f"--built-from: {page!r} is no commit. {mend}")
    return f"\n{TRAILER}: {page}\n"


def commits_between(before: Image | None, after: Image, *, file: str, at: Commit) -> list[str]:
    """A line with what was committed between two images, as far as their releases told.

    file: of the first stage, where images are released.
    """
    told = {each.image.identity: each.commit for each in reversed(ran(at, file))}
    pages = {
        image.identity: PAGE.fullmatch(_told(at, told[image.identity]))
        for image in (before, after)
        if image and image.identity in told
    }
    old, new = pages.get(before.identity) if before else None, pages.get(after.identity)
    if new and old and new[1] == old[1]:
        return [f"Commits: {new[1]}/compare/{old[2]}...{new[2]}"]
    return [f"Built from {new[0]}"] if new else []


def _told(at: Commit, sha: str) -> str:
    return at.git.text(
        "log", "-1", "--no-show-signature", f"--format=%(trailers:key={TRAILER},valueonly)", sha
    )
