"""GitHub as the tests have it: what Argo CD told it, and the pull requests that were opened."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

STAND_IN = Path(__file__).with_name("stand_in_gh.py")
LAUNCHER = """\
#!/bin/sh
exec "$TESTS_PYTHON" "$(dirname "$0")/stand_in_gh.py" "$@"
"""


class GitHub:
    """folder: goes onto the PATH; `variables` too."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        shutil.copy(STAND_IN, folder / "stand_in_gh.py")
        command = folder / "gh"
        command.write_text(LAUNCHER)
        command.chmod(0o755)
        self.variables = {"TESTS_PYTHON": sys.executable}
        self._known: dict[str, Any] = {"deployments": [], "statuses": {}, "refuses": False}
        self._write()

    def told(self, environment: str, sha: str, *states: str) -> None:
        """Argo CD told these states, one after the other, of what it synced at a commit."""
        number = len(self._known["deployments"]) + 1
        # The newest first, as GitHub lists them, so that a reader that does not sort is not lucky.
        self._known["deployments"].insert(
            0,
            {
                "id": number,
                "sha": sha,
                "environment": environment,
                "created_at": f"2026-11-01T00:00:{number:02}Z",
            },
        )
        self._known["statuses"][str(number)] = [
            {
                "id": at,
                "state": state,
                "created_at": f"2026-11-01T00:01:{at:02}Z",
                "log_url": f"https://argocd.example.com/applications/{environment}",
            }
            for at, state in enumerate(states)
        ]
        self._write()

    def refuse_pull_requests(self, refuses: bool) -> None:
        self._known["refuses"] = refuses
        self._write()

    @property
    def pull_requests(self) -> list[dict[str, str]]:
        """What each `gh pr create` was given."""
        noted = self.folder / "pull_requests.jsonl"
        if not noted.is_file():
            return []
        return [json.loads(line) for line in noted.read_text().splitlines()]

    def _write(self) -> None:
        (self.folder / "known.json").write_text(json.dumps(self._known))
