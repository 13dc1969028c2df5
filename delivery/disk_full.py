"""A disk without room, told in one line: whatever failed on it says it in its own way."""

import errno
import os
import tempfile
from pathlib import Path

# As Python, Node and the hooks of templates say it; and git's own words.
WORDS = (os.strerror(errno.ENOSPC), os.strerror(errno.EDQUOT), "Out of diskspace")


def reason(error: BaseException, *, folder: Path) -> str:
    """What the error says; of a full disk, which disks are meant, and the mend.

    folder: where the result was to stand.
    """
    if not any(words in str(error) for words in WORDS):
        return str(error)
    return (
        f"No room is left on the disk of {folder}, or on that of {tempfile.gettempdir()}, where it "
        "is prepared. Make some, and run it again."
    )
