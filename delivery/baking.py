"""Cookiecutter, run with nobody's own configuration, and leaving no trace in anybody's."""

import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cookiecutter.main import cookiecutter

# Where a hook fails, its own line says why; Cookiecutter would log a traceback of itself below it.
logging.getLogger("cookiecutter").addHandler(logging.NullHandler())


def fill(template: Path, answers: Mapping[str, str], *, into: Path) -> None:
    """Make the template's project in a folder. What is not answered is the template's default.

    Raises: CookiecutterException, with all faults and their mends.
    """
    with tempfile.TemporaryDirectory(prefix="cookiecutter-") as elsewhere:
        configuration = Path(elsewhere, "configuration.yaml")
        kept = {name: str(Path(elsewhere, name)) for name in ("cookiecutters_dir", "replay_dir")}
        configuration.write_text(json.dumps(kept))
        cookiecutter(
            str(template),
            no_input=True,
            extra_context=dict(answers),
            output_dir=str(into),
            config_file=str(configuration),
        )
