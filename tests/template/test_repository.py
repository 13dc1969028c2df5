"""The scaffolded repository as a whole, over a matrix of answers: clean, and nothing to fill in."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import review.render
from delivery.scaffold import TEMPLATE, bake
from tests.template.applications import ENVIRONMENTS

# Every choice at least once, and names that are as long or as short as they may be.
MATRIX = {
    "defaults": {},
    "the older version": {"kubernetes_version": "1.35"},
    "examples": {"example_services": "yes"},
    "shortest names": {"repository_name": "g", "organisation": "o", "platform_team": "t"},
    "longest names": {
        "repository_name": "g" * 100,
        "organisation": "o" * 39,
        "domain": ".".join(["d" * 20, "e" * 20, "io"]),
    },
    "an address elsewhere": {"repository_url": "git@git.example.com:team/gitops.git"},
    "another branch": {"branch": "release/clusters"},
}
TEXT = {".yaml", ".md", ".json", ""}


@pytest.fixture(scope="module", params=MATRIX)
def baked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bake(TEMPLATE, MATRIX[request.param], into=tmp_path_factory.mktemp("matrix"))


def texts(repository: Path) -> dict[str, str]:
    return {
        str(file.relative_to(repository)): file.read_text()
        for file in sorted(repository.rglob("*"))
        if file.is_file() and file.suffix in TEXT
    }


def test_every_environment_renders_and_passes_the_strict_schemas(baked: Path):
    for environment in ENVIRONMENTS:
        rendering = review.render.render(baked, environment)
        assert rendering.problems == []
        problems = [
            problem
            for document in rendering.documents
            for problem in review.render.validate(
                document.content, kubernetes_version=rendering.kubernetes_version
            )
        ]
        assert problems == []
        assert len(rendering.application("platform").documents) > 80


def test_only_the_third_party_charts_are_left_for_the_network(baked: Path):
    unseen = review.render.render(baked, "dev").not_rendered
    addons = {each.name for each in (baked / "addons").iterdir()}
    assert addons <= {each.chart for each in unseen}


def test_nothing_of_the_template_is_left_in_it(baked: Path):
    for name, text in texts(baked).items():
        if not name.startswith("charts/"):  # where Helm writes an image as {{ name }}@{{ digest }}
            assert not re.search(r"@\{|\}@|@%|%@|@#|#@", text), name
        assert not re.search(r"\b(TODO|FIXME|XXX|CHANGEME)\b", text), name
    assert not list(baked.rglob("*.orig"))


def test_every_file_ends_with_one_newline_and_no_line_with_a_space(baked: Path):
    for name, text in texts(baked).items():
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        assert not re.search(r"[ \t]+$", text, flags=re.MULTILINE), name


def test_yamllint_is_quiet_by_the_repositorys_own_rules(repository: Path):
    linted = subprocess.run(
        [sys.executable, "-m", "yamllint", "--strict", "."],
        cwd=repository,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert linted.stdout == ""
    assert linted.returncode == 0


def test_the_answers_are_kept_as_they_were_given(baked: Path, request: pytest.FixtureRequest):
    kept = yaml.safe_load((baked / ".scaffold.yaml").read_text())["answers"]
    defaults = json.loads((TEMPLATE / "cookiecutter.json").read_text())
    asked = {name: answer for name, answer in defaults.items() if not name.startswith("_")}
    assert kept == {**asked, **MATRIX[request.node.callspec.params["baked"]]}


def test_every_folder_that_the_readme_names_is_there_or_made_by_a_command(repository: Path):
    named = set(
        re.findall(r"^\| `([a-z-]+)/", (repository / "README.md").read_text(), re.MULTILINE)
    )
    there = {each.name for each in repository.iterdir() if each.is_dir()}
    assert named - {"monitoring", "services"} <= there  # these come with what is in them
    assert {each for each in there if not each.startswith(".")} <= named


def test_whoever_owns_a_service_prod_is_the_platform_teams_to_approve(repository: Path):
    lines = (repository / ".github" / "CODEOWNERS").read_text().splitlines()
    owned = [line.split() for line in lines if line and not line.startswith("#")]
    assert owned[0] == ["*", "@tribe-example/platform"]
    assert owned[-1] == ["/services/*/*/prod/", "@tribe-example/platform"]


def test_the_template_asks_for_nothing_without_a_rule_and_has_no_rule_without_a_question():
    asked = json.loads((TEMPLATE / "cookiecutter.json").read_text())
    prompts = asked.pop("__prompts__")
    answers = {name for name in asked if not name.startswith("_")}
    rules = re.findall(
        r'^        "(\w+)": ', (TEMPLATE / "repository_template.py").read_text(), re.M
    )
    assert prompts.keys() == answers
    assert answers <= set(rules)
