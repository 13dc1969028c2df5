"""Sources of an Application: charts and plain folders."""

from typing import Any

import pytest

from review.documents import Document
from review.problem import Problem
from review.repository import Repository
from review.sources import Application, directory, render_sources
from review.sources.charts import Charts
from review.sources.cluster import Cluster
from tests.review.conftest import Make
from tests.review.tiny import URL

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n"


def config(name: str) -> str:
    return CONFIG % name


def chart(templates: dict[str, str], values: str = "{}") -> dict[str, str]:
    return {
        "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
        "chart/values.yaml": values,
        **{f"chart/templates/{name}": text for name, text in templates.items()},
    }


def render(repository: Repository, **source: Any) -> Application:
    application = Application(
        manifest={
            "metadata": {"name": "app"},
            "spec": {
                "source": {"repoURL": URL, "path": "chart", **source},
                "destination": {"namespace": "here"},
            },
        },
        file="environments/dev/app.yaml",
    )
    render_sources(
        [application], repository=repository, charts=Charts(None), cluster=Cluster("1.36")
    )
    return application


def texts(application: Application) -> dict[str, str]:
    assert application.problems == []
    (document,) = application.documents
    return document.content["data"]


class TestHelm:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/helm/"""

    def shown(self, *expressions: str) -> str:
        lines = [f'  k{number}: "{{{{ {text} }}}}"' for number, text in enumerate(expressions)]
        return config("x") + "data:\n" + "\n".join(lines) + "\n"

    def test_the_release_is_the_application_in_its_destination(self, checkout: Make) -> None:
        repository = checkout(chart({"x.yaml": self.shown(".Release.Name", ".Release.Namespace")}))
        assert texts(render(repository)) == {"k0": "app", "k1": "here"}

    def test_the_release_may_have_a_name_and_a_namespace_of_its_own(self, checkout: Make) -> None:
        repository = checkout(chart({"x.yaml": self.shown(".Release.Name", ".Release.Namespace")}))
        application = render(repository, helm={"releaseName": "r", "namespace": "there"})
        assert texts(application) == {"k0": "r", "k1": "there"}
        assert application.documents[0].namespace == "here"

    def test_values_object_wins_over_values_and_both_over_value_files(self, checkout: Make) -> None:
        """#values: parameters > valuesObject > values > valueFiles > the chart's values.yaml"""
        repository = checkout(
            {
                **chart({"x.yaml": self.shown(".Values.a", ".Values.b")}, "a: chart\nb: chart\n"),
                "v.yaml": "a: file\nb: file\n",
            }
        )
        files = {"valueFiles": ["/v.yaml"]}
        both = {**files, "values": "a: values\n", "valuesObject": {"a": "object"}}
        assert texts(render(repository)) == {"k0": "chart", "k1": "chart"}
        assert texts(render(repository, helm=files)) == {"k0": "file", "k1": "file"}
        assert texts(render(repository, helm={**files, "values": "a: values\n"})) == {
            "k0": "values",
            "k1": "file",
        }
        assert texts(render(repository, helm=both)) == {"k0": "object", "k1": "file"}

    def test_null_takes_away_what_the_chart_says(self, checkout: Make) -> None:
        text = self.shown('hasKey .Values "a"')
        repository = checkout(chart({"x.yaml": text}, "a: chart\n"))
        assert texts(render(repository, helm={"values": "a: null"})) == {"k0": "false"}

    def test_the_chart_sees_the_clusters_version_and_its_kinds(self, checkout: Make) -> None:
        text = self.shown(
            ".Capabilities.KubeVersion",
            ".Capabilities.APIVersions.Has `argoproj.io/v1alpha1`",
            ".Capabilities.APIVersions.Has `autoscaling/v2/HorizontalPodAutoscaler`",
            ".Capabilities.APIVersions.Has `monitoring.coreos.com/v1/ServiceMonitor`",
            ".Capabilities.APIVersions.Has `policy/v9`",
        )
        assert texts(render(checkout(chart({"x.yaml": text})))) == {
            "k0": "v1.36.0",
            "k1": "true",
            "k2": "true",
            "k3": "true",
            "k4": "false",
        }

    def test_custom_resource_definitions_are_part_of_it_unless_skipped(
        self, checkout: Make
    ) -> None:
        """#helm-skip-crds"""
        definition = config("crd").replace("v1\nkind: ConfigMap", "x/v1\nkind: Definition")
        repository = checkout(
            {**chart({"x.yaml": config("x")}), "chart/crds/definition.yaml": definition}
        )
        assert [each.name for each in render(repository).documents] == ["crd", "x"]
        skipped = render(repository, helm={"skipCrds": True})
        assert [each.name for each in skipped.documents] == ["x"]

    def test_tests_are_left_out_and_other_hooks_are_not(self, checkout: Make) -> None:
        """#helm-hooks"""
        hook = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s, annotations: {helm.sh/hook: %s}}\n"
        files: dict[str, str] = {
            "t.yaml": hook % ("t", "test"),
            "i.yaml": hook % ("i", "pre-install"),
        }
        assert [each.name for each in render(checkout(chart(files))).documents] == ["i"]

    @pytest.mark.parametrize(
        "helm",
        [
            {"parameters": [{"name": "a", "value": "b"}]},
            {"fileParameters": [{"name": "a", "path": "b"}]},
            {"skipSchemaValidation": True},
        ],
    )
    def test_what_would_change_values_unseen_is_refused(
        self, checkout: Make, helm: dict[str, Any]
    ) -> None:
        (problem,) = render(checkout(chart({"x.yaml": config("x")})), helm=helm).problems
        assert problem.rule == "unsupported"

    def test_a_values_schema_says_all_faults_each_at_the_file_that_set_it(
        self, checkout: Make
    ) -> None:
        schema = """
            {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
             "required": ["c"]}
            """
        repository = checkout(
            {
                **chart({"x.yaml": config("x")}),
                "chart/values.schema.json": schema,
                "one.yaml": "a: x\n",
                "two.yaml": "b: y\n",
            }
        )
        application = render(repository, helm={"valueFiles": ["/one.yaml", "/two.yaml"]})
        assert {(each.file, each.path) for each in application.problems} == {
            ("one.yaml", "a"),
            ("two.yaml", "b"),
            ("two.yaml", ""),
        }

    @pytest.mark.parametrize(
        ("template", "line", "message"),
        [
            ("a: b\nb: {{ .Values.x }\n", 2, "unexpected"),
            ('a: b\n{{ fail "port: must be a number" }}\n', 2, "port: must be a number"),
            ('a: b\n\n{{ required "image: is missing" .Values.image }}\n', 3, "image: is missing"),
            ("a: {{ nope }}\n", 1, 'function "nope" not defined'),
        ],
    )
    def test_a_template_that_fails_is_named_with_its_line(
        self, checkout: Make, template: str, line: int, message: str
    ) -> None:
        files = chart({"x.yaml": template}, "image: ''\n")
        (problem,) = render(checkout(files)).problems
        assert (problem.file, problem.line) == ("chart/templates/x.yaml", line)
        assert message in problem.message

    def test_a_fault_in_an_included_template_is_found_there(self, checkout: Make) -> None:
        files = {
            "_labels.tpl": '\n{{ define "labels" }}{{ .Values.team }}{{ end }}',
            "x.yaml": 'a: {{ include "labels" . }}\n',
        }
        (problem,) = render(checkout(chart(files))).problems
        assert problem.file == "chart/templates/_labels.tpl"

    def test_output_that_is_no_yaml_is_a_problem_of_its_template(self, checkout: Make) -> None:
        (problem,) = render(checkout(chart({"x.yaml": "a: b: c\n"}))).problems
        assert (problem.rule, problem.file) == ("yaml", "chart/templates/x.yaml")

    def test_a_chart_without_its_dependencies_is_refused(self, checkout: Make) -> None:
        files = chart({"x.yaml": config("x")})
        files["chart/Chart.yaml"] += "dependencies: [{name: redis, version: 1.0.0}]\n"
        (problem,) = render(checkout(files)).problems
        assert "redis" in problem.message
        assert "charts/" in problem.message


class TestDirectory:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/directory/"""

    FILES = {  # noqa: RUF012
        "x/config.json": '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "json"}}',
        "x/deployment.yaml": config("deployment"),
        "x/notes.txt": "no manifest",
        "x/env-use2/configmap.yaml": config("use2"),
        "x/env-usw2/configmap.yaml": config("usw2"),
    }

    def names(self, repository: Repository, **options: Any) -> list[str]:
        found = list(directory.render("x", options, repository=repository))
        assert all(isinstance(each, Document) for each in found)
        return [each.name for each in found if isinstance(each, Document)]

    @pytest.mark.parametrize(
        ("options", "names"),
        [
            ({}, ["json", "deployment"]),
            ({"recurse": True}, ["json", "deployment", "use2", "usw2"]),
            ({"recurse": True, "include": "*.yaml"}, ["deployment", "use2", "usw2"]),
            ({"include": "{*.yml,*.yaml}"}, ["deployment"]),
            ({"recurse": True, "include": "env-use2/*"}, ["use2"]),
            ({"exclude": "config.json"}, ["deployment"]),
            ({"recurse": True, "exclude": "{config.json,env-use2/*}"}, ["deployment", "usw2"]),
            (
                {"recurse": True, "exclude": "{config.json,env-usw2/*}", "include": "*.yaml"},
                ["deployment", "use2"],
            ),
        ],
    )
    def test_include_and_exclude(
        self, checkout: Make, options: dict[str, Any], names: list[str]
    ) -> None:
        assert self.names(checkout(self.FILES), **options) == names

    def test_a_file_of_yaml_that_is_no_manifest_is_left_out(self, checkout: Make) -> None:
        assert self.names(checkout({"x/values.yaml": "a: 1\n", "x/y.yaml": config("one")})) == [
            "one"
        ]

    def test_a_file_that_looks_like_a_manifest_must_be_one(self, checkout: Make) -> None:
        broken = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [}\n"
        (problem,) = directory.render("x", {}, repository=checkout({"x/y.yaml": broken}))
        assert isinstance(problem, Problem)
        assert (problem.rule, problem.file, problem.line) == ("yaml", "x/y.yaml", 3)

    def test_a_marked_file_is_skipped(self, checkout: Make) -> None:
        """#skipping-file-rendering"""
        files = {"x/y.yaml": "# +argocd:skip-file-rendering\n" + config("y")}
        assert self.names(checkout(files)) == []

    def test_jsonnet_is_refused(self, checkout: Make) -> None:
        (problem,) = directory.render("x", {}, repository=checkout({"x/y.jsonnet": "{}"}))
        assert isinstance(problem, Problem)
        assert problem.rule == "unsupported"


def test_a_folder_that_is_not_there_is_a_problem(checkout: Make) -> None:
    (problem,) = render(checkout({}), path="nowhere").problems
    assert (problem.file, problem.application) == ("nowhere", "app")
    assert "is no folder" in problem.message


def test_an_application_without_a_source_is_a_problem(checkout: Make) -> None:
    application = Application(manifest={"metadata": {"name": "a"}, "spec": {}}, file="a.yaml")
    render_sources(
        [application], repository=checkout({}), charts=Charts(None), cluster=Cluster("1.36")
    )
    assert [each.message for each in application.problems] == ["has no source"]
