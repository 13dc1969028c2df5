"""checkov over what the platform chart renders: nothing fails, in any environment."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gates.checkov import PROGRAM, SECONDS, read
from stacks.environments import PLATFORM
from tests.platform.rendering import platform


def place(record: Mapping[str, Any]) -> tuple[str, str]:
    """Environment and resource of one of checkov's records."""
    return Path(record["file_path"]).stem, record["resource"]


def test_nothing_fails(repository: Path, tmp_path: Path):
    if not PROGRAM.exists():
        pytest.skip("NOT CHECKED by checkov: it is not installed")
    for environment in PLATFORM.environments:
        items = [dict(document) for document in platform(repository, environment.name).all]
        text = "\n---\n".join(json.dumps(item) for item in items)
        (tmp_path / f"{environment.name}.yaml").write_text(text)
    scanned = subprocess.run(
        [
            *(str(PROGRAM), "--directory", str(tmp_path), "--framework", "kubernetes"),
            *("--skip-download", "--soft-fail", "--output", "json"),
        ],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path), "LOG_LEVEL": "WARNING"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    report = read(scanned.stdout, locate=place)
    assert report.failed == {}
    assert {stack for stack, _ in report.resources} == {"dev", "staging", "prod"}
