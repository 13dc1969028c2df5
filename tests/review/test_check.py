"""`tribe check`: errors and warnings, what tools get, and what was not looked at."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from review.check import check
from tests.review.conftest import Make
from tests.review.tiny import MONITORING, PLATFORM, STACK
from tribe.__main__ import tribe

WARNED = {"environments/dev/platform.yaml": PLATFORM.replace("selfHeal: true", "selfHeal: false")}
BROKEN = {"environments/dev/platform.yaml": PLATFORM.replace("limit: 5", "limit: -1")}
FIELDS = {
    "application", "document", "environment", "file", "line", "message", "path", "rule", "severity",
}  # fmt: skip
NAMESPACE = """
    {{- range .Values.namespaces }}
    ---
    apiVersion: v1
    kind: Namespace
    metadata:
      name: {{ . }}
      labels: {pod-security.kubernetes.io/enforce: baseline}
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: default-deny, namespace: {{ . }}}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    {{- end }}
    """
POD = """
    apiVersion: v1
    kind: Pod
    metadata: {name: stack}
    spec:
      hostNetwork: true
      containers: [{name: main, image: "stack:1.2.3"}]
    """


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(tribe, ["check", str(root), *arguments], catch_exceptions=False)


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({}, 0, "dev: no problem found"),
        (WARNED, 0, "1 warning in 1 file\ndev: no error found"),
        (BROKEN, 1, "1 error in 1 file\n"),
        ({**BROKEN, "docs/a.yaml": "on: 1\n"}, 1, "2 errors in 2 files\n"),
    ],
)
def test_errors_alone_end_with_code_1(
    changes: dict[str, str], code: int, says: str, tiny: Make
) -> None:
    result = run(tiny(changes).root)
    assert result.exit_code == code
    assert result.stderr.endswith(says) or f"{says}\n" in result.stderr


def test_people_see_which_is_a_warning_and_where(tiny: Make) -> None:
    result = run(tiny(WARNED).root)
    assert (
        "environments/dev/platform.yaml\n"
        "  warning: 1: Application platform: spec.syncPolicy.automated.selfHeal: must be true:"
        " dev is what git says. [platform] [dev]\n"
    ) in result.stderr


def test_people_see_what_was_not_looked_at_and_why(tiny: Make) -> None:
    assert (
        "not looked at: it is not here: nothing is said of its objects, and its pods were not"
        " judged\n  chart stack 1.2.3 (https://charts.example.com/monitoring)\n"
    ) in run(tiny().root).stderr


def test_one_problem_of_several_environments_is_one_line(tiny: Make) -> None:
    environments = ("facts.yaml", "values.yaml", "platform.yaml")
    base = tiny(BROKEN)
    for name in environments:
        text = base.text(f"environments/dev/{name}")
        (base.root / "environments" / "test").mkdir(exist_ok=True)
        (base.root / "environments" / "test" / name).write_text(text)
    (base.root / "platform" / "templates" / "x.yaml").write_text("a: {{ .Values.nope }}\n")
    result = run(base.root)
    (line,) = [each for each in result.stderr.splitlines() if "no entry for key" in each]
    assert line.endswith("[platform] [dev, test]")


def test_tools_get_every_field_of_every_problem(tiny: Make, tmp_path: Path) -> None:
    into = tmp_path / "found.json"
    result = run(tiny({**WARNED, "docs/a.yaml": "on: 1\n"}).root, "--json", str(into))
    assert result.exit_code == 1
    found = json.loads(into.read_text())
    assert {key: found[key] for key in ("version", "environments", "errors", "warnings")} == {
        "version": 1,
        "environments": ["dev"],
        "errors": 1,
        "warnings": 1,
    }
    warning, error = found["problems"]
    assert warning == {
        "rule": "sync",
        "message": "must be true: dev is what git says.",
        "severity": "warning",
        "path": "spec.syncPolicy.automated.selfHeal",
        "document": "Application platform",
        "file": "environments/dev/platform.yaml",
        "line": 1,
        "application": "platform",
        "environment": "dev",
    }
    assert (error["rule"], error["file"], error["line"]) == ("boolean-key", "docs/a.yaml", 1)
    assert error.keys() == FIELDS
    assert found["unseen"] == [
        {
            "what": "chart stack 1.2.3 (https://charts.example.com/monitoring)",
            "why": "it is not here: nothing is said of its objects, and its pods were not judged",
            "application": "monitoring",
            "environment": "dev",
        }
    ]


def test_tools_may_read_standard_output_and_nothing_else_is_in_it(tiny: Make) -> None:
    assert json.loads(run(tiny().root, "--json", "-").stdout)["problems"] == []


def test_a_chart_of_others_that_is_here_is_judged_like_our_own(tiny: Make) -> None:
    repository = tiny(
        {
            **STACK,
            "charts/stack/templates/pod.yaml": POD,
            "platform/templates/namespaces.yaml": NAMESPACE,
            "platform/values-dev.yaml": "namespaces: [api-services, monitoring]\n",
            "environments/dev/monitoring.yaml": MONITORING,
        }
    )
    problems, unseen = check(repository, charts=repository.root / "charts")
    assert unseen == []
    assert [(each.rule, each.severity, each.application) for each in problems] == [
        ("pod-security", "error", "monitoring")
    ]
    problems, unseen = check(repository)
    assert problems == []
    assert ["its pods were not judged" in each.why for each in unseen] == [True]


def test_a_charts_list_of_faults_is_a_problem_each(tiny: Make) -> None:
    faults = '{{ fail "\\nimage.tag: is missing.\\n\\nports.name: two ports have it.\\n" }}'
    problems, _ = check(tiny({"charts/service/templates/faults.yaml": f"a: {faults}\n"}))
    assert [(each.rule, each.message, each.file) for each in problems] == [
        ("helm", "image.tag: is missing.", "charts/service/templates/faults.yaml"),
        ("helm", "ports.name: two ports have it.", "charts/service/templates/faults.yaml"),
    ]


def test_a_reason_of_several_lines_stays_one_problem(tiny: Make) -> None:
    reason = '{{ fail "\\nimage.tag is missing,\\nand so nothing can run.\\n" }}'
    (problem,) = check(tiny({"charts/service/templates/faults.yaml": f"a: {reason}\n"}))[0]
    assert problem.message == "image.tag is missing, and so nothing can run."
