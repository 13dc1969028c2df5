"""One command at a time in a folder; another one waits for it."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone_in(folder: Path) -> Generator[None]:
    """For a `with` block, the only one that asks so for `folder`. Waits for whoever was first.

    The system gives the lock back however the process ends; nothing is left in the folder.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
