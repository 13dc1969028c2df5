"""The console script: every verb answers, and the installable part needs no checkout."""

import ast
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tribe.__main__ import VERBS, tribe

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# What `pip install` brings along, and where it is imported from.
INSTALLED = {
    *("click", "helm_python", "jinja2", "jsonschema_rs", "kubernetes_validate", "markupsafe"),
    "yaml",
}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_tells_what_it_does(verb):
    result = CliRunner().invoke(tribe, [verb, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage" in result.output


def test_an_unknown_verb_is_refused_with_code_2():
    result = CliRunner().invoke(tribe, ["revue"])
    assert result.exit_code == 2
    assert "No such command 'revue'" in result.output


def test_a_folder_that_is_no_gitops_repository_ends_with_code_2_and_one_line(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "tribe", "check", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "is it the GitOps repository?" in ended.stderr


def test_what_is_installed_imports_nothing_that_its_installation_lacks():
    allowed = {*sys.stdlib_module_names, *INSTALLED, "review", "delivery.releases"}
    for path in [*(ROOT / "review").rglob("*.py"), *(ROOT / "delivery/releases").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [str(node.module)]
            foreign = {
                name
                for name in names
                if name.partition(".")[0] not in allowed
                and not name.startswith("delivery.releases")
            }
            assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_the_wheel_has_all_of_review_and_nothing_that_needs_a_checkout(tmp_path):
    # From a copy: setuptools builds in the folder that it is given.
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("tribe", "review", "delivery"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("node_modules"))
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", "wheels", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    if built.returncode and "No matching distribution" in built.stderr:
        pytest.skip(f"NO WHEEL WAS BUILT: setuptools cannot be had: {built.stderr[-300:]}")
    assert built.returncode == 0, built.stderr
    [wheel] = (tmp_path / "wheels").iterdir()
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name}
    assert {name.partition("/")[0] for name in packed} == {"tribe", "review", "delivery"}
    assert {name for name in packed if name.startswith("delivery/")} == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "delivery/releases").rglob("*.py")
    }
    wanted = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("**/*.py", "schemas/native.json", "schemas/custom/*/*.json")
        for path in (ROOT / "review").glob(pattern)
        if "node_modules" not in path.parts
    }
    assert wanted <= packed


def test_its_pins_are_those_of_the_pipfile():
    pinned = tomllib.loads((ROOT / "Pipfile").read_text())["packages"]
    wanted = dict(line.split("==") for line in PROJECT["dependencies"])
    assert wanted == {name: pinned[name.replace(".", "-")].removeprefix("==") for name in wanted}
