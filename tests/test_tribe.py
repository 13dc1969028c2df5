"""The console script: every verb answers, and the installable part needs no checkout."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tribe.__main__ import VERBS, tribe

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# What `pip install` brings along, and where it is imported from.
INSTALLED = {"click", "helm_python", "jsonschema_rs", "kubernetes_validate", "yaml"}


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


def test_review_imports_nothing_that_its_installation_lacks():
    allowed = {*sys.stdlib_module_names, *INSTALLED, "review"}
    for path in (ROOT / "review").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [str(node.module)]
            foreign = {name.partition(".")[0] for name in names} - allowed
            assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


def test_its_pins_are_those_of_the_pipfile():
    pinned = tomllib.loads((ROOT / "Pipfile").read_text())["packages"]
    wanted = dict(line.split("==") for line in PROJECT["dependencies"])
    assert wanted == {name: pinned[name].removeprefix("==") for name in wanted}
