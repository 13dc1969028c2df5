"""Makes the schemas of custom resources anew: `python -m review.schemas.generate [--check]`.

They are data in git, so that nobody needs Node to check a manifest. They come from the npm packages
pinned in `generator/`, and from `overlay/`: merge patches (RFC 7386) with what those packages lack,
each with its source. `--check` writes nothing, and fails where `custom/` is not what would be
written.
"""

import filecmp
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from review.merge_patch import merge
from review.schemas import native

HERE = Path(__file__).parent
CUSTOM = HERE / "custom"
GENERATOR = HERE / "generator"
OVERLAY = HERE / "overlay"
# Which release's long names are known; the names do not change from one release to the next.
KUBERNETES = "1.36"

Schema = dict[str, Any]


def models(folder: Path) -> None:
    """What the packages say, a file per kind."""
    if not (GENERATOR / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=GENERATOR, check=True)
    subprocess.run(["node", "generate.mjs", str(folder)], cwd=GENERATOR, check=True)


def finished(schema: Schema, overlay: Schema) -> Schema:
    """The schema with Kubernetes' own types by reference, what lies over it, and no dead weight."""
    definitions = schema.get("definitions", {})
    long_names = {name.replace(".", "").lower(): name for name in native.definitions(KUBERNETES)}
    for name, joined in schema.pop("x-kubernetes", {}).items():
        if long_name := long_names.get(joined.lower()):
            definitions[name] = {"$ref": f"{native.URI}#/$defs/{long_name}"}
    if "IJSON" in definitions:
        definitions["IJSON"] = {}  # any JSON, not only an object
    schema.pop("$schema", None)
    merged = merge(schema, overlay)
    merged["required"] = sorted({*merged["required"], "metadata"})
    used = reachable(merged)
    merged["definitions"] = {
        name: each for name, each in merged.get("definitions", {}).items() if name in used
    }
    return merged


def reachable(schema: Schema) -> set[str]:
    """Names of the definitions that the schema needs, directly or through another."""
    found: set[str] = set()
    waiting: list[Any] = [{key: each for key, each in schema.items() if key != "definitions"}]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            name = str(node.get("$ref", "")).removeprefix("#/definitions/")
            if name in schema.get("definitions", {}) and name not in found:
                found.add(name)
                waiting.append(schema["definitions"][name])
    return found


def generate(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as made:
        models(Path(made))
        sources = {
            path.relative_to(made): json.loads(path.read_text())
            for path in Path(made).rglob("*.json")
        }
    overlays = {
        path.relative_to(OVERLAY): json.loads(path.read_text()) for path in OVERLAY.rglob("*.json")
    }
    for path in sorted({*sources, *overlays}):
        overlay = {key: each for key, each in overlays.get(path, {}).items() if key != "$comment"}
        schema = finished(sources.get(path, {"definitions": {}}), overlay)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(schema, indent=1, sort_keys=True) + "\n")


def stale(fresh: Path) -> list[str]:
    """Files of `custom/` that differ from `fresh`, lack in it, or are missing."""
    names = {path.relative_to(root) for root in (fresh, CUSTOM) for path in root.rglob("*.json")}
    return sorted(
        str(name)
        for name in names
        if not ((fresh / name).exists() and (CUSTOM / name).exists())
        or not filecmp.cmp(fresh / name, CUSTOM / name, shallow=False)
    )


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("Usage: python -m review.schemas.generate [--check]", file=sys.stderr)
        return 2
    if not arguments:
        for path in CUSTOM.rglob("*.json"):
            path.unlink()
        generate(CUSTOM)
        return 0
    with tempfile.TemporaryDirectory() as fresh:
        generate(Path(fresh))
        differing = stale(Path(fresh))
    for name in differing:
        print(f"review/schemas/custom/{name} is stale: run python -m review.schemas.generate")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
