"""What a synthesis wrote: its files, and how much is in them."""

import hashlib
import json
from pathlib import Path


def digest(folder: Path) -> str:
    """One hash over the names and bytes of all files in `folder`."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(folder)} {content}\n".encode())
    return whole.hexdigest()


def size(folder: Path) -> tuple[int, int]:
    """(stacks, resources)."""
    files = sorted(folder.glob("stacks/*/cdk.tf.json"))
    kinds = (json.loads(path.read_text()).get("resource", {}) for path in files)
    return len(files), sum(len(named) for kind in kinds for named in kind.values())
