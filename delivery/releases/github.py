"""GitHub, through its own command `gh`, which knows who asks and which repository is meant."""

import subprocess
from pathlib import Path

from review.could_not_run import CouldNotRun

SECONDS = 60  # for one request


class GitHubFailed(CouldNotRun):
    """gh is not there, or GitHub said no; the message has its words."""


def gh(folder: Path, *arguments: str) -> str:
    """What the command prints. folder: in a checkout of the repository. Raises: GitHubFailed."""
    try:
        ended = subprocess.run(
            ["gh", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise GitHubFailed("gh is not on the PATH. Install it: https://cli.github.com.") from None
    except OSError as error:
        raise GitHubFailed(f"gh cannot be run: {error}") from None
    except subprocess.TimeoutExpired:
        raise GitHubFailed(f"gh {arguments[0]} took more than {SECONDS} seconds.") from None
    if ended.returncode:
        raise GitHubFailed(f"gh {' '.join(arguments[:2])} failed: {ended.stderr.strip()}")
    return ended.stdout.strip()
