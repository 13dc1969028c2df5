"""Take addresses out of a lock: the machine's own configuration says where packages come from.

pipenv and npm lock, verify and install without them as before; the hashes still bind the files.
"""

import json
import sys
from pathlib import Path
from typing import Any


def strip_pipfile_lock(lock: dict[str, Any]) -> None:
    """Forget the package indexes."""
    lock["_meta"]["sources"] = []
    for section in ("default", "develop"):
        for package in lock[section].values():
            package.pop("index", None)


def strip_package_lock(lock: dict[str, Any]) -> None:
    """Forget where a package came from, and who would like to be paid."""
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)


def strip(path: Path) -> None:
    lock = json.loads(path.read_text())
    if path.name == "Pipfile.lock":
        strip_pipfile_lock(lock)
        text = json.dumps(lock, indent=4, sort_keys=True)
    else:
        strip_package_lock(lock)
        text = json.dumps(lock, indent=2, ensure_ascii=False)
    path.write_text(text + "\n")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        strip(Path(name))
