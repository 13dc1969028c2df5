"""`tribe`: what people see, and the exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review import go_yaml
from review.repository import Repository
from tests.review.conftest import Make
from tests.review.tiny import SERVICES
from tribe.__main__ import tribe


def run(*arguments: str) -> Result:
    return CliRunner().invoke(tribe, list(arguments), catch_exceptions=False)


def check(repository: Repository) -> Result:
    return run("check", str(repository.root))


def test_render_writes_a_file_for_each_application(tiny: Make, tmp_path: Path) -> None:
    root, into = str(tiny().root), tmp_path / "out"
    result = run("render", root, "--env", "dev", "-o", str(into))
    assert result.exit_code == 0
    assert sorted(each.name for each in into.iterdir()) == [
        "monitoring.yaml",
        "orders.yaml",
        "platform.yaml",
        "root.yaml",
    ]
    assert go_yaml.read((into / "orders.yaml").read_text()) == {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "orders", "namespace": "api-services"},
        "data": {
            "level": "info",
            "team": "shop",
            "port": "9090",
            "image": "registry/orders:1.2.3",
        },
    }
    assert "not rendered: stack 1.2.3 (https://charts.example.com/monitoring)" in result.stderr


def test_render_prints_manifests_alone_to_where_they_can_be_piped(tiny: Make) -> None:
    result = run("render", str(tiny().root), "--env", "dev")
    assert result.exit_code == 0
    assert "# Application orders\n---\napiVersion: v1\nkind: ConfigMap\n" in result.stdout
    assert "problem" not in result.stdout


def test_check_finds_nothing_in_what_is_right(tiny: Make) -> None:
    result = check(tiny())
    assert result.exit_code == 0
    assert "dev: no problem found" in result.stderr


def test_check_says_every_problem_of_every_file(tiny: Make) -> None:
    changes = {
        "services/api-services/orders/dev/values.yaml": "port: 9090\nport: 9091\n",
        "services/api-services/orders/values.yaml": "team: [\n",
        "monitoring/rules/orders.yaml": (
            "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n"
            "metadata: {name: orders}\nspec: {group: []}\n"
        ),
        "platform/templates/extra.yaml": "apiVersion: v1\nkind: Nonsense\nmetadata: {name: a}\n",
        "docs/unused.yaml": "a: [\n",
        "docs/keys.yaml": "on: [push]\n",
    }
    result = check(tiny(changes))
    assert result.exit_code == 1
    for line in (
        "services/api-services/orders/dev/values.yaml\n  2: the key port is there twice",
        "services/api-services/orders/values.yaml\n  1: is no YAML",
        "PrometheusRule monitoring/orders: spec.group: is no field here; did you mean groups?",
        "no schema of v1 Nonsense (Kubernetes 1.36)",
        "docs/unused.yaml\n  1: is no YAML",
        'docs/keys.yaml\n  1: the key on is read as "true": put it in quotes',
        "6 errors in 6 files",
    ):
        assert line in result.stderr


def test_a_problem_of_a_hundred_applications_is_said_once(tiny: Make) -> None:
    services = {
        f"services/api-services/s{number}/{file}": "level: info\n"
        for number in range(100)
        for file in ("values.yaml", "dev/values.yaml", "dev/image.yaml")
    }
    broken = {"charts/service/templates/x.yaml": "a: {{ .Values.nope }}\n"}
    result = check(tiny({**services, **broken}))
    assert result.exit_code == 1
    assert result.stderr.count("no entry for key") < 25


def test_two_applications_must_not_make_the_same_resource(tiny: Make) -> None:
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: orders, namespace: api-services}\n"
    result = check(tiny({"platform/templates/orders.yaml": config}))
    assert result.exit_code == 1
    assert "is made by the application platform too" in result.stderr


def test_a_set_that_fails_is_a_problem_of_the_environment(tiny: Make) -> None:
    broken = SERVICES.replace('segments 2 }}"\n    spec', 'segments 9 }}"\n    spec')
    result = check(tiny({"environments/dev/services.yaml": broken}))
    assert result.exit_code == 1
    assert "ApplicationSet argocd/services: spec.template" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", ".", "--env", "prod"], "There is no environment prod"),
        (["check", "."], "is it the GitOps repository?"),
        (["check", "nowhere"], "does not exist"),
        (["render", "."], "Missing option '--env'"),
    ],
)
def test_what_cannot_run_exits_with_two(tmp_path: Path, arguments: list[str], said: str) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tribe", *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_rendered_json_values_survive(tiny: Make) -> None:
    """Numbers and texts are what they were in the value files."""
    template = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: types}
        data: {values: {{ .Values | toJson | quote }}}
        """
    changes = {
        "charts/service/templates/types.yaml": template,
        "charts/service/values.schema.json": "{}",
        "services/api-services/orders/values.yaml": 'a: "1e3"\nb: 1e3\nc: 10:30\nd: yes\n',
    }
    result = run("render", str(tiny(changes).root), "--env", "dev")
    (line,) = [each for each in result.stdout.splitlines() if each.startswith("  values: ")]
    values = json.loads(go_yaml.read(line)["values"])
    assert [values[key] for key in "abcd"] == ["1e3", 1000, "10:30", True]
