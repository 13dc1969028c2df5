"""What the pages are drawn from: the stacks as synthesized, the repository as scaffolded."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from delivery.scaffold import TEMPLATE, bake
from delivery.stack_folder import ROOT
from tools.pages.flows import Stacks

SECONDS = 180


@dataclass(frozen=True, kw_only=True)
class Sources:
    """stacks: name → cdk.tf.json. dependencies: name → what must stand before it.
    repository: the GitOps repository with the example services, which run in dev alone."""

    stacks: Stacks
    dependencies: dict[str, list[str]]
    repository: Path

    @classmethod
    def of(cls, synthesis: Path, repository: Path) -> "Sources":
        """From main.py's output folder and a scaffolded repository."""
        manifest = json.loads((synthesis / "manifest.json").read_text())["stacks"]
        return cls(
            stacks={
                name: json.loads((synthesis / stack["synthesizedStackPath"]).read_text())
                for name, stack in manifest.items()
            },
            dependencies={name: stack["dependencies"] for name, stack in manifest.items()},
            repository=repository,
        )


def scaffolded(folder: Path) -> Path:
    """The repository with one service of each class, in a folder that is there."""
    return bake(TEMPLATE, {"example_services": "yes"}, into=folder)


@contextmanager
def fresh() -> Generator[Sources]:
    """Both made anew, for as long as `with` lasts. Raises: subprocess.CalledProcessError."""
    with TemporaryDirectory(prefix="pages-") as folder:
        synthesis, made = Path(folder, "synthesis"), Path(folder, "scaffolded")
        made.mkdir()
        subprocess.run(
            (sys.executable, "main.py"),
            cwd=ROOT,
            env={**os.environ, "CDKTF_OUTDIR": str(synthesis)},
            stdout=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
        yield Sources.of(synthesis, scaffolded(made))
