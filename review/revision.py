"""The GitOps repository as it was at another commit, in a folder of its own."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from review.could_not_run import CouldNotRun


class UnknownRevisionError(CouldNotRun):
    """git does not know the revision, or the folder is in no git repository."""


@contextmanager
def at_revision(repository: Path, revision: str) -> Generator[Path]:
    """A temporary copy of `repository` as it was at `revision`. Nothing in it is changed by this.

    Raises: UnknownRevisionError.
    """
    # Of the tree and not of the commit, whose name would head the archive: a header and no file is
    # no archive to Python.
    tree = f"{revision}^{{tree}}"
    command = ["git", "-C", str(repository), "archive", "--format=tar", tree]
    archive = subprocess.run(command, capture_output=True, check=False)
    if archive.returncode:
        words = archive.stderr.decode(errors="replace").strip().splitlines()
        raise UnknownRevisionError(
            f"{repository} has no revision {revision!r}: {words[-1] if words else 'git failed'}"
        )
    with (
        tempfile.TemporaryDirectory(prefix="tribe-base-") as folder,
        tarfile.open(fileobj=io.BytesIO(archive.stdout), mode="r:") as files,
    ):
        files.extractall(folder, filter="data")
        yield Path(folder)
