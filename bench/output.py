"""What a synthesis wrote: its files, and how much is in them."""

import hashlib
import json
from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """Each file in `folder`, and a hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def size(folder: Path) -> tuple[int, int]:
    """(stacks, resources)."""
    files = sorted(folder.glob("stacks/*/cdk.tf.json"))
    kinds = (json.loads(path.read_text()).get("resource", {}) for path in files)
    return len(files), sum(len(named) for kind in kinds for named in kind.values())
