"""The example services of a fresh repository: one of each class, each strategy among them."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cookiecutter.main import cookiecutter

TEMPLATE = Path(__file__).parent.parent / "service"

# As in the platform's own stacks/services.py, which has their lines.
EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "name": "api-gateway",
        "service_class": "api",
        "strategy": "canary",
        "exposure": "path",
        "path": "/",
        "callers": "frontend-services/web-frontend",
        "calls": "ai-services/recommendations",
    },
    {
        "name": "web-frontend",
        "service_class": "frontend",
        "strategy": "rolling",
        "exposure": "path",
        "path": "/",
        "calls": "api-services/api-gateway",
    },
    {
        "name": "recommendations",
        "service_class": "ai",
        "strategy": "blueGreen",
        "callers": "api-services/api-gateway",
    },
    {"name": "notifications", "service_class": "worker"},
)


def add(repository: Path, asked: Mapping[str, Any]) -> None:
    """Put the examples into a repository that has no service yet.

    asked: the repository's own answers; the platform's team owns the examples.
    Raises: CookiecutterException.
    """
    with tempfile.TemporaryDirectory(prefix="examples-") as elsewhere:
        configuration = Path(elsewhere, "configuration.yaml")
        kept = {name: str(Path(elsewhere, name)) for name in ("cookiecutters_dir", "replay_dir")}
        configuration.write_text(json.dumps(kept))
        for example in EXAMPLES:
            cookiecutter(
                str(TEMPLATE),
                no_input=True,
                extra_context={**example, "team": asked["platform_team"]},
                output_dir=str(repository),
                config_file=str(configuration),
            )
