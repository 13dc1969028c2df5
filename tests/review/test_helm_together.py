"""Many releases in one go come out as one by one."""

from pathlib import Path

import pytest
import yaml

from review.helm import ChartError, Manifest, Release
from tests.review.conftest import Make
from tests.review.test_helm import library, release
from tests.service.chart import CHART, merged, service
from tests.service.matrix import FITTING
from tests.service.test_refused import FIXTURES

TEMPLATE = """
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Release.Name }}, namespace: {{ .Release.Namespace }}}
data:
  chart: {{ .Chart.Name }} {{ .Chart.Version }} {{ .Chart.IsRoot }}
  release: {{ .Release | toJson | quote }}
  values: {{ .Values | toJson | quote }}
  cluster: {{ .Capabilities.KubeVersion }}
  file: {{ .Files.Get "table.yaml" | trim }}
  ignored: {{ .Files.Get "ignored.txt" | quote }}
  template: {{ .Template | toJson | quote }}
  own: {{ tpl "{{ .Values.number }} of {{ .Release.Name }}" . }}
  {{- include "more" . | nindent 2 }}
  {{- if .Values.broken }}
  broken: {{ fail "broken: must be false" }}
  {{- end }}
"""


@pytest.fixture
def chart(checkout: Make) -> Path:
    return checkout(
        {
            "Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\nkubeVersion: '>1.34.0'\n",
            "values.yaml": "number: 1\nbig: 12345678\nbroken: false\nnested: {one: 1, two: 2}\n",
            "values.schema.json": '{"properties": {"number": {"type": "integer"}}}',
            "table.yaml": "row: {}\n",
            "ignored.txt": "no",
            ".helmignore": "ignored.txt\n",
            "templates/config.yaml": TEMPLATE,
            "templates/deeper/empty.yaml": "{{ if false }}a: b{{ end }}",
            "templates/_more.tpl": '{{ define "more" }}more: {{ .Values.nested.two }}{{ end }}',
        }
    ).root


def one_by_one(releases: list[Release]) -> list[list[Manifest] | str]:
    made: list[list[Manifest] | str] = []
    for each in releases:
        try:
            made.append(library().render(each))
        except ChartError as error:
            made.append(str(error))
    return made


def together(releases: list[Release]) -> list[list[Manifest] | str]:
    made = library().render_all(releases)
    return [str(each) if isinstance(each, ChartError) else each for each in made]


def named(chart: Path, *values: dict) -> list[Release]:
    return [
        release(chart, name=f"service-{number}", values=each, strict=True)
        for number, each in enumerate(values)
    ]


def test_all_that_a_template_can_ask_is_the_same(chart: Path) -> None:
    releases = named(chart, {}, {"number": 2}, {"nested": {"two": "zwei"}}, {"big": 1e21})
    assert together(releases) == one_by_one(releases)


def test_they_are_made_in_one_go(chart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helm = library()
    monkeypatch.setattr(type(helm), "render", lambda *_: pytest.fail("rendered by itself"))
    found = list(helm.render_all(named(chart, {}, {"number": 2}, {"number": 3})))
    assert [each[0].template for each in found if not isinstance(each, ChartError)] == [
        "templates/config.yaml"
    ] * 3


@pytest.mark.parametrize(
    "values",
    [{"broken": True}, {"number": "1"}, {"nested": {"two": None}}, {"nested": None}],
    ids=["a template fails", "the schema refuses", "null takes a default away", "and an object"],
)
def test_one_that_is_for_helm_alone_leaves_the_others_as_they_are(
    chart: Path, values: dict
) -> None:
    releases = named(chart, {}, {"number": 2}, values, {"number": 3}, {"number": 4})
    assert together(releases) == one_by_one(releases)


def test_a_bad_name_is_refused_in_helms_words(chart: Path) -> None:
    releases = [*named(chart, {}, {}, {}), release(chart, name="No_Name")]
    assert together(releases) == one_by_one(releases)
    assert '"No_Name" is no name of a release' in str(together(releases)[-1])


@pytest.mark.parametrize(
    "part",
    [
        {"crds/crd.yaml": "apiVersion: x/v1\nkind: Definition\nmetadata: {name: crd}\n"},
        {"charts/other/Chart.yaml": "apiVersion: v2\nname: other\nversion: 0.1.0\n"},
        {".helmignore": "*.yaml.bak\n"},
        {"templates/NOTES.txt": "Thank you."},
        {"values.yaml": "number: 1\nbroken: false\nbig: null\nnested: {two: 2}\n"},
    ],
    ids=lambda part: next(iter(part)),
)
def test_a_chart_with_other_parts_comes_out_the_same(
    checkout: Make, chart: Path, part: dict[str, str]
) -> None:
    checkout(part)
    releases = named(chart, {}, {"number": 2}, {"number": 3})
    assert together(releases) == one_by_one(releases)


SETTING = '{{ $_ := set %s "seen" (print (get %s "seen") .Release.Name %s) }}a: {{ %s.seen }}\n'


@pytest.mark.parametrize("where", [".Values", ".", ".Release", ".Subcharts", ".Template"])
def test_what_one_template_sets_the_next_one_finds_and_no_other_release(
    checkout: Make, chart: Path, where: str
) -> None:
    parts = {"templates/b.yaml": "b", "templates/z/a.yaml": "z", "templates/A.yaml": "A"}
    checkout({file: SETTING % (where, where, f'"{name}"', where) for file, name in parts.items()})
    releases = named(chart, {}, {"number": 2}, {"number": 3})
    assert together(releases) == one_by_one(releases)


@pytest.mark.parametrize(
    "parts",
    [
        {"templates/config.yaml": "a: 1\r\nb: 2\r\n"},
        {"table.yaml": "row:\r\n  one: 1\r\n"},
        {"templates/.hidden.yaml": "a: 1\n"},
        {".helmignore": "tests\n", "templates/tests/one.yaml": "a: 1\n"},
        {"templates/one.yaml": '{{ .Files.Get ".helmignore" }}'},
        {"templates/_config.yaml": "other: file of that name\n"},
        {"templates/deeper.yaml": "a: 1\n", "templates/deeper-still.yaml": "a: 1\n"},
        {"templates/one.yaml": '{{ define "more" }}{{ end }}', "templates/_z.tpl": "{{/* */}}"},
        {"templates/one.yaml": "type: {{ typeOf .Values }}\n"},
        {"values.schema.json": '{"properties": {"name": {"pattern": "^(?!a)b"}}}'},
        {"values.yaml": "[1]\n"},
        {"Chart.yaml": "name: chart\n"},
        {"Chart.yaml": "[]\n"},
    ],
    ids=[
        "line ends of Windows in a template",
        "line ends of Windows in a file",
        "hidden template",
        "a folder that is ignored",
        "the list of what is ignored",
        "a template beside one with its name and a dash",
        "order of the manifests",
        "two definitions of one name",
        "Helm's own types",
        "a pattern that Go does not know",
        "values that are no object",
        "no version",
        "no chart",
    ],
)
def test_what_is_odd_in_a_chart_comes_out_the_same(
    checkout: Make, chart: Path, parts: dict[str, str]
) -> None:
    checkout(parts)
    releases = named(chart, {}, {"number": 2}, {"number": 3})
    assert together(releases) == one_by_one(releases)


def test_every_kind_of_service_comes_out_the_same() -> None:
    releases = [release(CHART, values=each.values, strict=True) for each in FITTING]
    found = together(releases)
    assert found == one_by_one(releases)
    assert len(found) > 50


def test_values_that_helm_refuses_are_refused_in_its_words() -> None:
    asked = [yaml.safe_load(each.read_text()) for each in FIXTURES]
    releases = [
        release(
            CHART,
            values=merged(
                service(each.get("class", "api"), each.get("environment", "dev")), each["values"]
            ),
            strict=True,
        )
        for each in asked
    ]
    found = together(releases)
    assert found == one_by_one(releases)
    assert {type(each) for each in found} == {str}
