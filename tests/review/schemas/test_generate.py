"""How the schemas of custom resources are made anew: of models, and of what lies over them."""

import json
from pathlib import Path
from typing import Any

import pytest

from review.schemas import generate, native

QUEUE = Path("example.com") / "queue_v1.json"
MODEL = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["spec"],
    "properties": {
        "spec": {"$ref": "#/definitions/Spec"},
        "metadata": {"$ref": "#/definitions/ObjectMeta"},
    },
    "definitions": {
        "Spec": {"properties": {"any": {"items": [{"$ref": "#/definitions/IJSON"}]}}},
        "IJSON": {"type": "object"},
        "ObjectMeta": {"type": "object", "properties": {"old": {}}},
        "Unused": {"$ref": "#/definitions/Spec"},
    },
    "x-kubernetes": {
        "ObjectMeta": "ioK8sApimachineryPkgApisMetaV1ObjectMeta",
        "Unused": "ioK8sApiNowhereV1Nothing",
    },
}


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Where schemas are written, and what lies over them; the packages give one model."""
    custom, overlay = tmp_path / "custom", tmp_path / "overlay"
    custom.mkdir()
    overlay.mkdir()

    def models(folder: Path) -> None:
        (folder / QUEUE).parent.mkdir()
        (folder / QUEUE).write_text(json.dumps(MODEL))

    monkeypatch.setattr(generate, "CUSTOM", custom)
    monkeypatch.setattr(generate, "OVERLAY", overlay)
    monkeypatch.setattr(generate, "models", models)
    return custom, overlay


def written(custom: Path) -> dict[str, Any]:
    return json.loads((custom / QUEUE).read_text())


def test_kubernetes_own_types_are_references(folders: tuple[Path, Path]) -> None:
    assert generate.main([]) == 0
    made = written(folders[0])
    name = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
    assert made["definitions"]["ObjectMeta"] == {"$ref": f"{native.URI}#/$defs/{name}"}
    assert not {"$schema", "x-kubernetes"} & made.keys()


def test_only_what_is_needed_is_kept_and_any_json_is_any(folders: tuple[Path, Path]) -> None:
    assert generate.main([]) == 0
    made = written(folders[0])
    assert sorted(made["definitions"]) == ["IJSON", "ObjectMeta", "Spec"]
    assert made["definitions"]["IJSON"] == {}
    assert made["required"] == ["metadata", "spec"]


def test_what_lies_over_a_schema_goes_into_it(folders: tuple[Path, Path]) -> None:
    custom, overlay = folders
    (overlay / QUEUE).parent.mkdir()
    over = {"$comment": "why", "properties": {"status": {"type": "object"}}}
    (overlay / QUEUE).write_text(json.dumps(over))
    assert generate.main([]) == 0
    made = written(custom)
    assert made["properties"]["status"] == {"type": "object"}
    assert "$comment" not in made


def test_a_fresh_folder_is_not_stale_and_an_edited_one_is(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    custom, _ = folders
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().out == ""
    (custom / QUEUE).write_text("{}")
    (custom / "gone.json").write_text("{}")
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"review/schemas/custom/{name} is stale: run python -m review.schemas.generate"
        for name in (QUEUE.as_posix(), "gone.json")
    ]
    assert (custom / "gone.json").exists()


def test_what_no_package_has_any_longer_goes(folders: tuple[Path, Path]) -> None:
    custom, _ = folders
    (custom / "gone.json").write_text("{}")
    assert generate.main([]) == 0
    assert [path.name for path in custom.rglob("*.json")] == [QUEUE.name]


def test_another_word_is_answered_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--chek"]) == 2
    assert capsys.readouterr().err.startswith("Usage: python -m review.schemas.generate [--check]")


@pytest.mark.parametrize(("installed", "commands"), [(False, ["npm", "node"]), (True, ["node"])])
def test_the_packages_are_installed_once(
    installed: bool, commands: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run: list[tuple[str, ...]] = []
    monkeypatch.setattr(generate, "GENERATOR", tmp_path)
    monkeypatch.setattr(generate.subprocess, "run", lambda command, **_: run.append(command))
    if installed:
        (tmp_path / "node_modules").mkdir()
    generate.models(tmp_path / "made")
    assert [command[0] for command in run] == commands
    assert run[-1] == ["node", "generate.mjs", str(tmp_path / "made")]
