"""Helm as a library and as a command: the same answers."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from review.go_yaml import YamlError
from review.helm import ChartError, Engine, Release
from review.helm.command import VARIABLE, CommandEngine, HelmMissing
from tests.review.conftest import Make

PINNED = Path(__file__).parents[2] / ".tools/bin/helm"  # made by make


def library() -> Engine:
    reason = "helm-python-sdk has no wheel for this machine: the library is not tested"
    pytest.importorskip("helm_python", reason=reason)
    from review.helm.library import LibraryEngine

    return LibraryEngine()


def command() -> CommandEngine:
    path = os.environ.get(VARIABLE) or shutil.which("helm") or shutil.which(PINNED)
    if not path:
        pytest.skip(f"no helm on PATH and none in {VARIABLE}: the command is not compared")
    return CommandEngine(path)


@pytest.fixture(params=["library", "command"])
def helm(request: pytest.FixtureRequest) -> Engine:
    return library() if request.param == "library" else command()


def release(chart: Path, **changes: Any) -> Release:
    given: dict[str, Any] = {
        "chart": chart,
        "name": "orders",
        "namespace": "api-services",
        "kubernetes_version": "1.36",
        "strict": False,
    }
    return Release(**{**given, **changes})


@pytest.fixture
def chart(checkout: Make) -> Path:
    template = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
        data:
          version: {{ .Capabilities.KubeVersion }}
          rollouts: {{ .Capabilities.APIVersions.Has "argoproj.io/v1alpha1/Rollout" | quote }}
          values: {{ .Values | toJson | quote }}
          {{- if .Values.broken }}
          broken: {{ fail "broken: must be false" }}
          {{- end }}
        """
    return checkout(
        {
            "Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
            "values.yaml": "number: 1\nbroken: false\n",
            "values.schema.json": '{"properties": {"number": {"type": "integer"}}}',
            "templates/config.yaml": template,
            "templates/empty.yaml": "{{ if false }}a: b{{ end }}",
            "templates/NOTES.txt": "Thank you.",
            "crds/crd.yaml": "apiVersion: x/v1\nkind: Definition\nmetadata: {name: crd}\n",
        }
    ).root


def test_templates_and_definitions_are_rendered_and_nothing_else(helm: Engine, chart: Path) -> None:
    found = helm.render(release(chart, values={"number": 12345678, "list": [1, "1"]}))
    assert sorted(each.template for each in found) == ["crds/crd.yaml", "templates/config.yaml"]
    config = next(each for each in found if each.template == "templates/config.yaml")
    assert helm.read(config.text)["data"] == {
        "version": "v1.36.0",
        "rollouts": "false",
        "values": '{"broken":false,"list":[1,"1"],"number":12345678}',
    }


def test_definitions_may_be_left_out(helm: Engine, chart: Path) -> None:
    found = helm.render(release(chart, crds=False))
    assert [each.template for each in found] == ["templates/config.yaml"]


def test_kinds_of_the_cluster_are_known_to_the_chart(helm: Engine, chart: Path) -> None:
    versions = ("argoproj.io/v1alpha1/Rollout",)
    (config,) = helm.render(release(chart, crds=False, api_versions=versions))
    assert helm.read(config.text)["data"]["rollouts"] == "true"


def test_a_failure_names_template_line_and_reason(helm: Engine, chart: Path) -> None:
    with pytest.raises(ChartError) as error:
        helm.render(release(chart, values={"broken": True}))
    (fault,) = error.value.faults
    assert (fault.template, fault.line) == ("templates/config.yaml", 9)
    assert fault.message == "broken: must be false"


def test_a_schemas_complaint_names_the_value(helm: Engine, chart: Path) -> None:
    with pytest.raises(ChartError) as error:
        helm.render(release(chart, values={"number": "1"}))
    assert [(fault.value, fault.message) for fault in error.value.faults] == [
        (("number",), "got string, want integer")
    ]


@pytest.mark.parametrize(
    ("line", "name", "message"),
    [
        ('kubeVersion: ">=1.40.0"', "orders", "1.40.0"),
        ("type: library", "orders", "library chart"),
        ("dependencies: [{name: redis, version: 1.0.0}]", "orders", "redis"),
        ("", "Orders", "Orders"),
        ("", "o" * 54, "53"),
    ],
)
def test_a_chart_that_cannot_be_installed_is_refused(
    helm: Engine, chart: Path, line: str, name: str, message: str
) -> None:
    with (chart / "Chart.yaml").open("a") as metadata:
        metadata.write(line)
    with pytest.raises(ChartError, match=message):
        helm.render(release(chart, name=name))


@pytest.mark.parametrize("wanted", [">=1.25.0-0", "1.36.x", ">= 1.30 < 1.40"])
def test_a_chart_for_this_version_is_rendered(helm: Engine, chart: Path, wanted: str) -> None:
    with (chart / "Chart.yaml").open("a") as metadata:
        metadata.write(f'kubeVersion: "{wanted}"')
    assert len(helm.render(release(chart))) == 2


def test_a_folder_without_a_chart_is_refused(helm: Engine, tmp_path: Path) -> None:
    with pytest.raises(ChartError, match="Chart\\.yaml"):
        helm.render(release(tmp_path))


@pytest.mark.parametrize(
    ("template", "row"),
    [
        ("{{ .a.b }}-x", "B-x"),
        (" {{- .number }} ", "1.2345678e+07 "),
        ("{{ index .path.segments 1 }}", "two"),
        ("{{ .null }}", "<no value>"),
        ('{{ dig "nope" "default" . }}', "default"),
        ('{{ .a | toJson }}<&>"', '{"b":"B"}<&>"'),
        ("several\nlines\n---\n", "several\nlines\n---\n"),
    ],
)
def test_go_templates_are_evaluated_with_every_context(
    helm: Engine, template: str, row: str
) -> None:
    context = {
        "a": {"b": "B"},
        "number": 12345678,
        "path": {"segments": ["one", "two"]},
        "null": None,
    }
    assert helm.evaluate([template, "x"], [context, context]) == [[row, "x"], [row, "x"]]


@pytest.mark.parametrize("template", ["{{ .nope }}", "{{ .a.nope }}", "{{ .a", "{{ nope .a }}"])
def test_a_template_that_misses_a_key_or_is_broken_is_an_error(helm: Engine, template: str) -> None:
    with pytest.raises(ChartError):
        helm.evaluate([template], [{"a": {"b": "B"}}])


def test_the_command_refuses_a_template_that_it_cannot_follow() -> None:
    with pytest.raises(ChartError, match="helm-python-sdk"):
        command().evaluate(["{{ range .a }}{{ .b }}{{ end }}"], [{"a": [{"b": 1}]}])


@pytest.mark.parametrize(
    ("text", "line"), [("a: [\n", 1), ("a: 1\nb: {c: [}\n", 2), ("a: 1\n b: 2\n", 2), ("%x", 1)]
)
def test_a_text_that_is_no_yaml_is_named_with_its_line(helm: Engine, text: str, line: int) -> None:
    with pytest.raises(YamlError) as error:
        helm.read(text)
    assert error.value.line == line


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", None),
        ("# nothing\n", None),
        ("- a\n- b: 1e3\n", ["a", {"b": 1000}]),
        ("# a list\n---\n- a\n", ["a"]),
        ("[1, 2]\n", [1, 2]),
        ("word\n", "word"),
        ("a: 1\n---\nb: 2\n", {"a": 1}),
    ],
)
def test_any_document_can_be_read(helm: Engine, text: str, content: object) -> None:
    assert (helm.read(text) or None) == content


def test_without_library_and_command_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HelmMissing, match=f"Install helm 4, or name it in {VARIABLE}"):
        CommandEngine.found()


def test_the_command_may_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "helm-4")
    assert CommandEngine.found() == CommandEngine("helm-4")
