"""`python -m tools.terrain`: whether the move to CDK Terrain is still a rename.

Copies what synthesizes into a temporary folder, renames the imports there, synthesizes it with CDK
Terrain (the environment of `terrain/Pipfile`), and compares with today's output: every stack, every
value. Only the lines that name CDKTF's version and a provider's may differ.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TERRAIN = ROOT / "terrain" / ".venv" / "bin" / "python"
COPIED = ("main.py", "cdktf.json", "stacks", "argocd")
# The whole of the move, as people would do it: imports, and the names of the bindings' packages.
RENAMES = (
    (re.compile(r"\bcdktf_cdktf_provider_"), "cdktn_provider_"),
    (re.compile(r"^([ \t]*(?:from|import) )cdktf\b", re.MULTILINE), r"\1cdktn"),
)
# Where outputs may differ: who wrote it, and which release of a provider its bindings are of.
VERSIONS = re.compile(
    r"(manifest\.json: |.*: //\.metadata\.)version"
    r"|.*: terraform\.required_providers\.\w+\.(source|version)"
)
SHOWN = 20
MINUTES = 5


def renamed(folder: Path) -> int:
    """Rename in every module of the folder. Returns: how many lines changed."""
    changed = 0
    for path in sorted(folder.rglob("*.py")):
        before = text = path.read_text()
        for pattern, name in RENAMES:
            text = pattern.sub(name, text)
        pairs = zip(before.splitlines(), text.splitlines(), strict=True)
        changed += sum(old != new for old, new in pairs)
        path.write_text(text)
    return changed


def synthesize(python: Path, *, folder: Path, output: Path) -> None:
    """Raises: subprocess.CalledProcessError; what it said is on standard error."""
    variables = {**os.environ, "CDKTF_OUTDIR": str(output)}
    variables.pop("JSII_NODE", None)
    subprocess.run(
        [str(python), "main.py"],
        cwd=folder,
        env=variables,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60 * MINUTES,
    )


def differences(ours: Path, theirs: Path) -> Iterator[str]:
    """`file: path: ours, theirs`, for all that is not a version."""
    files = {path.relative_to(each) for each in (ours, theirs) for path in each.rglob("*.json")}
    for file in sorted(files):
        before, after = ours / file, theirs / file
        if not (before.is_file() and after.is_file()):
            yield f"{file}: only in {'today' if before.is_file() else 'CDK Terrain'}'s output"
            continue
        pair = json.loads(before.read_text()), json.loads(after.read_text())
        for path, old, new in _unequal(*pair):
            place = f"{file}: {path}"
            if not VERSIONS.fullmatch(place):
                yield f"{place}: {json.dumps(old)}, {json.dumps(new)}"


def _unequal(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            step = f"{path}.{key}" if path else key
            yield from _unequal(old.get(key), new.get(key), step)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new, strict=True)):
            yield from _unequal(*pair, f"{path}[{index}]")
    elif old != new:
        yield path, old, new


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="tribe-terrain-") as temporary:
        folder = Path(temporary)
        copy = folder / "copy"
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                copy.mkdir(exist_ok=True)
                shutil.copy2(source, copy / name)
        print(f"» Renamed {renamed(copy)} lines of imports")
        print("» Synthesizing with CDKTF, and with CDK Terrain")
        try:
            synthesize(Path(sys.executable), folder=ROOT, output=folder / "ours")
            synthesize(TERRAIN, folder=copy, output=folder / "theirs")
        except subprocess.CalledProcessError as failed:
            print(f"{failed.cmd[0]} main.py ended with {failed.returncode}", file=sys.stderr)
            return 2
        found = list(differences(folder / "ours", folder / "theirs"))
        stacks = Counter(path.name for path in (folder / "theirs").rglob("*.json"))["cdk.tf.json"]
    for line in found[:SHOWN]:
        print(line)
    if len(found) > SHOWN:
        print(f"… and {len(found) - SHOWN} more")
    if not found:
        print(f"{stacks} stacks are the same but for versions: the move is a rename.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
