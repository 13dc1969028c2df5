"""The check of the move to CDK Terrain sees what differs, and passes over versions alone."""

import ast
import json
import shutil
from pathlib import Path

from tools.terrain import COPIED, ROOT, differences, renamed

STACK = {
    "//": {"metadata": {"version": "0.21.0"}},
    "terraform": {"required_providers": {"aws": {"source": "aws", "version": "6.25.0"}}},
    "resource": {"aws_vpc": {"main": {"cidr_block": "10.0.0.0/16", "tags": ["a"]}}},
}


def written(folder: Path, **stacks: dict) -> Path:
    for name, content in stacks.items():
        path = folder / "stacks" / name / "cdk.tf.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content))
    return folder


def test_versions_may_differ(tmp_path: Path):
    theirs = {
        **STACK,
        "//": {"metadata": {"version": "0.24.0"}},
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": "6.69.1"}}
        },
    }
    ours = written(tmp_path / "ours", network=STACK)
    assert list(differences(ours, written(tmp_path / "theirs", network=theirs))) == []


def test_any_other_value_is_named_with_its_place(tmp_path: Path):
    theirs = {**STACK, "resource": {"aws_vpc": {"main": {"cidr_block": "10.1.0.0/16"}}}}
    ours = written(tmp_path / "ours", network=STACK)
    assert list(differences(ours, written(tmp_path / "theirs", network=theirs))) == [
        "stacks/network/cdk.tf.json: resource.aws_vpc.main.cidr_block:"
        ' "10.0.0.0/16", "10.1.0.0/16"',
        'stacks/network/cdk.tf.json: resource.aws_vpc.main.tags: ["a"], null',
    ]


def test_a_stack_that_only_one_of_them_writes_is_named(tmp_path: Path):
    ours = written(tmp_path / "ours", network=STACK, cluster=STACK)
    assert list(differences(ours, written(tmp_path / "theirs", network=STACK))) == [
        "stacks/cluster/cdk.tf.json: only in today's output"
    ]


def test_after_renaming_nothing_imports_cdktf(tmp_path: Path):
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy2(ROOT / name, tmp_path / name)
    assert renamed(tmp_path) > 50
    imported = {
        name
        for path in tmp_path.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert {name for name in imported if name.startswith("cdktf")} == set()
    assert "cdktn" in imported
