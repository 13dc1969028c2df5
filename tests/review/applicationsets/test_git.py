"""ApplicationSets, case by case as Argo CD's documentation describes them.

https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/ is DOCS below.
"""

from textwrap import dedent
from typing import Any

import pytest
import yaml

from review.applicationsets import expand
from review.documents import Document
from review.problem import Problem
from tests.review.conftest import Make
from tests.review.tiny import URL

Applications = list[dict[str, Any]]


def applicationset(generators: str, template: str, **spec: Any) -> Document:
    """A set, from the YAML of its generators and of its template."""
    content = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ApplicationSet",
        "metadata": {"name": "set", "namespace": "argocd"},
        "spec": {
            "goTemplate": True,
            "goTemplateOptions": ["missingkey=error"],
            "generators": yaml.safe_load(dedent(generators).replace("HERE", URL)),
            "template": yaml.safe_load(dedent(template)),
            **spec,
        },
    }
    return Document(content=content, file="environments/dev/set.yaml", line=1)


NAMED = """
    metadata: {name: "{{ %s }}"}
    spec: {project: default}
    """
FILES = '[{git: {repoURL: HERE, files: [{path: "%s"}]}}]'


def names(applications: Applications) -> list[str]:
    return [each["metadata"]["name"] for each in applications]


def expanded(make: Make, files: dict[str, str], document: Document) -> Applications:
    applications, problems = expand(document, repository=make(files))
    assert problems == []
    return applications


def refused(make: Make, files: dict[str, str], document: Document) -> list[Problem]:
    applications, problems = expand(document, repository=make(files))
    assert applications == []
    assert problems
    return problems


def evaluated(make: Make, files: dict[str, str], generators: str, expression: str) -> list[str]:
    """What an expression gives for each set of parameters."""
    template = {
        "metadata": {"name": '{{ .path.path | replace "/" "-" }}'},
        "spec": {"project": expression},
    }
    document = applicationset(generators, yaml.safe_dump(template))
    return [each["spec"]["project"] for each in expanded(make, files, document)]


CONFIG = {
    "cluster-config/engineering/dev/config.json": '{"cluster": {"name": "engineering-dev"}}',
    "cluster-config/engineering/prod/config.json": '{"cluster": {"name": "engineering-prod"}}',
    "cluster-config/README.md": "no generator's file",
}
ENGINEERING = FILES % "cluster-config/**/config.json"


class TestGitFiles:
    """DOCS/Generators-Git/#git-generator-files"""

    @pytest.mark.parametrize(
        ("expression", "dev"),
        [
            ("{{ .cluster.name }}", "engineering-dev"),
            ("{{ .path.path }}", "cluster-config/engineering/dev"),
            ("{{ .path.basename }}", "dev"),
            ("{{ .path.filename }}", "config.json"),
            ("{{ .path.basenameNormalized }}", "dev"),
            ("{{ .path.filenameNormalized }}", "config.json"),
            ("{{ index .path.segments 1 }}", "engineering"),
            ("{{ base .path.path }}", "dev"),
            ('{{ dig "cluster" "zone" "none" . }}', "none"),
        ],
    )
    def test_a_file_gives_its_content_and_its_path(
        self, checkout: Make, expression: str, dev: str
    ) -> None:
        assert evaluated(checkout, CONFIG, ENGINEERING, expression)[0] == dev

    def test_names_are_normalized_for_dns(self, checkout: Make) -> None:
        files = {"a/Some_Team/x.yaml": ""}
        found = evaluated(checkout, files, FILES % "a/*/x.yaml", "{{ .path.basenameNormalized }}")
        assert found == ["some-team"]

    def test_each_object_of_a_list_is_a_set(self, checkout: Make) -> None:
        files = {"a/x.yaml": "- team: one\n- team: two\n"}
        document = applicationset(FILES % "a/x.yaml", NAMED % ".team")
        assert names(expanded(checkout, files, document)) == ["one", "two"]

    def test_an_empty_file_is_one_empty_object(self, checkout: Make) -> None:
        assert evaluated(checkout, {"a/x.yaml": ""}, FILES % "a/x.yaml", "{{ .path.path }}") == [
            "a"
        ]

    def test_path_parameters_may_have_a_prefix(self, checkout: Make) -> None:
        generators = "[{git: {repoURL: HERE, pathParamPrefix: repo, files: [{path: a/x.yaml}]}}]"
        document = applicationset(generators, NAMED % ".repo.path.basename")
        assert names(expanded(checkout, {"a/x.yaml": ""}, document)) == ["a"]

    def test_values_may_use_what_the_file_gives(self, checkout: Make) -> None:
        generators = """
            - git:
                repoURL: HERE
                files: [{path: a/x.yaml}]
                values: {long: "{{ .team }}-{{ .path.basename }}"}
            """
        document = applicationset(generators, NAMED % ".values.long")
        assert names(expanded(checkout, {"a/x.yaml": "team: b"}, document)) == ["b-a"]

    def test_excluded_files_are_left_out_wherever_the_exclusion_stands(
        self, checkout: Make
    ) -> None:
        """DOCS/Generators-Git/#exclude-files"""
        generators = """
            - git:
                repoURL: HERE
                files:
                  - {path: "*/b/x.yaml", exclude: true}
                  - {path: "*/*/x.yaml"}
            """
        files = {"a/a/x.yaml": "", "a/b/x.yaml": "", "b/a/x.yaml": ""}
        assert evaluated(checkout, files, generators, "{{ .path.path }}") == ["a/a", "b/a"]

    def test_a_star_stops_at_a_slash_with_the_new_globbing(self, checkout: Make) -> None:
        """DOCS/Generators-Git-File-Globbing/, which Argo CD's values here switch on."""
        files = {
            "cluster-charts/cluster1/mychart/values.yaml": "",
            "cluster-charts/cluster1/mychart/charts/mysubchart/values.yaml": "",
        }
        found = evaluated(
            checkout, files, FILES % "cluster-charts/*/*/values.yaml", "{{ .path.basename }}"
        )
        assert found == ["mychart"]

    def test_nothing_that_matches_gives_no_application(self, checkout: Make) -> None:
        assert expanded(checkout, {}, applicationset(FILES % "a/*", NAMED % ".n")) == []

    def test_a_file_that_is_no_yaml_is_named_with_its_line(self, checkout: Make) -> None:
        files = {"a/x.yaml": "a: 1\nb: [\n", "b/x.yaml": ""}
        (problem,) = refused(checkout, files, applicationset(FILES % "*/x.yaml", NAMED % ".n"))
        assert (problem.file, problem.line) == ("a/x.yaml", 2)

    def test_a_broken_pattern_is_refused(self, checkout: Make) -> None:
        (problem,) = refused(checkout, {}, applicationset(FILES % "a/[z-a]", NAMED % ".n"))
        assert "is no pattern" in problem.message

    def test_a_file_that_is_a_text_is_refused(self, checkout: Make) -> None:
        (problem,) = refused(
            checkout, {"a/x.yaml": "word"}, applicationset(FILES % "a/x.yaml", NAMED % ".n")
        )
        assert "neither an object nor a list" in problem.message


class TestGitDirectories:
    """DOCS/Generators-Git/#git-generator-directories"""

    FILES = {  # noqa: RUF012
        "apps/one/a.yaml": "",
        "apps/two/a.yaml": "",
        "apps/two/deep/a.yaml": "",
        "apps/.hidden/a.yaml": "",
        "other/a.yaml": "",
    }

    @pytest.mark.parametrize(
        ("directories", "found"),
        [
            ("[{path: apps/*}]", ["apps/one", "apps/two"]),
            ("[{path: apps/*}, {path: apps/two, exclude: true}]", ["apps/one"]),
            ("[{path: apps/two, exclude: true}, {path: apps/*}]", ["apps/one"]),
            ("[{path: apps/*/*}]", ["apps/two/deep"]),
            ('[{path: "*"}]', ["apps", "other"]),
        ],
    )
    def test_directories_match_segment_by_segment(
        self, checkout: Make, directories: str, found: list[str]
    ) -> None:
        generators = f"[{{git: {{repoURL: HERE, directories: {directories}}}}}]"
        assert evaluated(checkout, self.FILES, generators, "{{ .path.path }}") == found

    def test_a_directory_gives_its_segments(self, checkout: Make) -> None:
        generators = "[{git: {repoURL: HERE, directories: [{path: apps/*/*}]}}]"
        expression = "{{ index .path.segments 1 }} {{ .path.basename }}"
        assert evaluated(checkout, self.FILES, generators, expression) == ["two deep"]


class TestList:
    """DOCS/Generators-List/"""

    def test_each_element_is_a_set(self, checkout: Make) -> None:
        generators = "[{list: {elements: [{cluster: dev}, {cluster: prod}]}}]"
        assert names(expanded(checkout, {}, applicationset(generators, NAMED % ".cluster"))) == [
            "dev",
            "prod",
        ]

    def test_elements_may_be_yaml_in_a_text(self, checkout: Make) -> None:
        generators = '[{list: {elements: [], elementsYaml: "- cluster: dev"}}]'
        assert names(expanded(checkout, {}, applicationset(generators, NAMED % ".cluster"))) == [
            "dev"
        ]

    def test_several_generators_give_one_after_the_other(self, checkout: Make) -> None:
        generators = "[{list: {elements: [{n: b}]}}, {list: {elements: [{n: a}]}}]"
        assert names(expanded(checkout, {}, applicationset(generators, NAMED % ".n"))) == ["b", "a"]


class TestMatrix:
    """DOCS/Generators-Matrix/"""

    def test_every_pair_is_a_set(self, checkout: Make) -> None:
        generators = """
            - matrix:
                generators:
                  - list: {elements: [{a: x}, {a: y}]}
                  - list: {elements: [{b: "1"}, {b: "2"}]}
            """
        found = expanded(checkout, {}, applicationset(generators, NAMED % ".a }}-{{ .b"))
        assert names(found) == ["x-1", "x-2", "y-1", "y-2"]

    def test_the_second_may_use_what_the_first_gives(self, checkout: Make) -> None:
        generators = """
            - matrix:
                generators:
                  - git: {repoURL: HERE, files: [{path: clusters/*.yaml}]}
                  - list: {elementsYaml: "{{ .apps | toJson }}"}
            """
        files = {"clusters/a.yaml": "cluster: a\napps: [{app: one}, {app: two}]\n"}
        found = expanded(checkout, files, applicationset(generators, NAMED % ".cluster }}-{{ .app"))
        assert names(found) == ["a-one", "a-two"]

    def test_two_git_generators_need_a_prefix(self, checkout: Make) -> None:
        generators = """
            - matrix:
                generators:
                  - git: {repoURL: HERE, files: [{path: "a/*.yaml"}]}
                  - git: {repoURL: HERE, files: [{path: b/*.yaml}]}
            """
        files = {"a/x.yaml": "", "b/x.yaml": ""}
        (problem,) = refused(checkout, files, applicationset(generators, NAMED % ".path.path"))
        assert "pathParamPrefix" in problem.message

    def test_three_generators_are_refused(self, checkout: Make) -> None:
        one = "{list: {elements: [{n: a}]}}"
        generators = f"[{{matrix: {{generators: [{one}, {one}, {one}]}}}}]"
        (problem,) = refused(checkout, {}, applicationset(generators, NAMED % ".n"))
        assert "takes two generators, and has 3" in problem.message


class TestMerge:
    """DOCS/Generators-Merge/"""

    GENERATORS = """
        - merge:
            mergeKeys: [server]
            generators:
              - list:
                  elements:
                    - {server: a, kafka: "true", redis: "false"}
                    - {server: b, kafka: "true", redis: "false"}
              - list: {elements: [{server: b, kafka: "no"}, {server: c, kafka: "no"}]}
        """

    def test_the_first_is_overridden_where_the_keys_are_equal(self, checkout: Make) -> None:
        document = applicationset(self.GENERATORS, NAMED % ".server }}-{{ .kafka }}-{{ .redis")
        assert names(expanded(checkout, {}, document)) == ["a-true-false", "b-no-false"]

    def test_equal_keys_in_one_generator_are_refused(self, checkout: Make) -> None:
        generators = self.GENERATORS.replace("{server: c", "{server: b")
        (problem,) = refused(checkout, {}, applicationset(generators, NAMED % ".server"))
        assert "two sets have the same server" in problem.message


@pytest.mark.parametrize("generator", ["clusters", "pullRequest", "scmProvider", "plugin"])
def test_a_generator_that_needs_a_cluster_or_a_forge_is_refused(
    checkout: Make, generator: str
) -> None:
    (problem,) = refused(checkout, {}, applicationset(f"[{{{generator}: {{}}}}]", NAMED % ".n"))
    assert problem.path == "spec.generators[0]"
    assert f"no {generator} to ask here" in problem.message


@pytest.mark.parametrize(
    "generators",
    [
        "[{list: {elements: [{n: a}]}, selector: {matchLabels: {n: a}}}]",
        "[{list: {elements: [{n: a}], template: {metadata: {name: x}}}}]",
        "[{git: {repoURL: https://git.example.com/other.git, files: [{path: x}]}}]",
        "[{git: {repoURL: HERE}}]",
        "[{}]",
    ],
)
def test_what_is_not_evaluated_is_refused(checkout: Make, generators: str) -> None:
    (problem,) = refused(checkout, {}, applicationset(generators, NAMED % ".n"))
    assert problem.path.startswith("spec.generators[0]")


class TestGoTemplate:
    """DOCS/GoTemplate/"""

    def element(self, content: str) -> str:
        return f"[{{list: {{elements: [{content}]}}}}]"

    def test_a_missing_key_is_an_error_that_names_the_text(self, checkout: Make) -> None:
        files = {"a/x.yaml": "team: b", "b/x.yaml": ""}
        (problem,) = refused(checkout, files, applicationset(FILES % "*/x.yaml", NAMED % ".team"))
        assert 'map has no entry for key "team"' in problem.message
        assert "'{{ .team }}'" in problem.message
        assert "for b/x.yaml" in problem.message

    def test_every_fault_is_said_at_once(self, checkout: Make) -> None:
        template = """
            metadata: {name: "{{ .a }}"}
            spec: {project: "{{ .b }}"}
            """
        problems = refused(checkout, {}, applicationset(self.element("{c: 1}"), template))
        assert [each.message.split(" (")[0] for each in problems] == [
            'map has no entry for key "a"',
            'map has no entry for key "b"',
        ]

    @pytest.mark.parametrize(
        ("spec", "path"),
        [
            ({"goTemplate": False}, "spec.goTemplate"),
            ({"goTemplateOptions": []}, "spec.goTemplateOptions"),
            ({"goTemplateOptions": ["missingkey=zero"]}, "spec.goTemplateOptions"),
        ],
    )
    def test_a_set_that_lets_keys_be_missing_is_refused(
        self, checkout: Make, spec: dict[str, Any], path: str
    ) -> None:
        document = applicationset(self.element("{n: a}"), NAMED % ".n", **spec)
        (problem,) = refused(checkout, {}, document)
        assert problem.path == path

    @pytest.mark.parametrize(
        "call",
        ['required "x" .n', 'tpl .n .', 'lookup "v1" "Secret" .n .n', 'getHostByName .n',
         'include "x" .', "toToml .n"],
    )  # fmt: skip
    def test_a_function_that_argo_cd_lacks_is_refused(self, checkout: Make, call: str) -> None:
        template = {"metadata": {"name": f"{{{{ {call} }}}}"}, "spec": {}}
        document = applicationset(self.element("{n: a}"), yaml.safe_dump(template))
        (problem,) = refused(checkout, {}, document)
        assert f"Argo CD has no function {call.split()[0]}" in problem.message

    @pytest.mark.parametrize("call", ["normalize .n", ".n | slugify 23"])
    def test_a_function_that_this_renderer_lacks_is_refused(
        self, checkout: Make, call: str
    ) -> None:
        (problem,) = refused(checkout, {}, applicationset(self.element("{n: a}"), NAMED % call))
        assert "not known to this renderer" in problem.message

    def test_a_word_in_a_text_is_no_function(self, checkout: Make) -> None:
        template = """
            metadata: {name: '{{ .n | default "required" }}-{{ .lookup }}'}
            spec: {}
            """
        document = applicationset(self.element('{n: "", lookup: x}'), template)
        assert names(expanded(checkout, {}, document)) == ["required-x"]

    def test_numbers_are_floats(self, checkout: Make) -> None:
        """A tag of digits alone must be quoted in the file."""
        document = applicationset(self.element("{n: 12345678, q: '12345678'}"), NAMED % ".n")
        assert names(expanded(checkout, {}, document)) == ["1.2345678e+07"]

    def test_each_text_is_a_template_of_its_own(self, checkout: Make) -> None:
        template = """
            metadata: {name: "{{ range .list }}"}
            spec: {project: "{{ end }}"}
            """
        problems = refused(checkout, {}, applicationset(self.element("{list: [a]}"), template))
        assert len(problems) == 2

    def test_keys_of_maps_are_templates_and_other_values_are_left(self, checkout: Make) -> None:
        template = """
            metadata: {name: x, labels: {"{{ .n }}": "{{ .n }}"}}
            spec: {source: {helm: {skipCrds: true, valuesObject: {a: ["{{ .n }}", 1]}}}}
            """
        (found,) = expanded(checkout, {}, applicationset(self.element("{n: a}"), template))
        assert found["metadata"]["labels"] == {"a": "a"}
        assert found["spec"]["source"]["helm"] == {
            "skipCrds": True,
            "valuesObject": {"a": ["a", 1]},
        }

    def test_texts_keep_their_lines_and_signs(self, checkout: Make) -> None:
        template = {
            "metadata": {"name": "x"},
            "spec": {"source": {"helm": {"values": 'a: "{{ .n }}"\nb: <&>\n'}}},
        }
        document = applicationset(self.element("{n: a}"), yaml.safe_dump(template))
        (found,) = expanded(checkout, {}, document)
        assert found["spec"]["source"]["helm"]["values"] == 'a: "a"\nb: <&>\n'

    def test_a_template_without_parameters_is_left_as_it_is(self, checkout: Make) -> None:
        document = applicationset("[{list: {elements: [{}]}}]", NAMED % ".n")
        assert names(expanded(checkout, {}, document)) == ["{{ .n }}"]


class TestApplications:
    """DOCS/Template/, DOCS/Application-Deletion/"""

    ONE = "[{list: {elements: [{n: a}]}}]"

    def test_they_live_where_their_set_lives(self, checkout: Make) -> None:
        (found,) = expanded(checkout, {}, applicationset(self.ONE, NAMED % ".n"))
        assert found["metadata"]["namespace"] == "argocd"

    @pytest.mark.parametrize(
        ("policy", "finalizers"),
        [
            ({}, ["resources-finalizer.argocd.argoproj.io"]),
            ({"preserveResourcesOnDeletion": True}, None),
        ],
    )
    def test_their_resources_go_with_them_unless_the_set_preserves_them(
        self, checkout: Make, policy: dict[str, Any], finalizers: list[str] | None
    ) -> None:
        (found,) = expanded(checkout, {}, applicationset(self.ONE, NAMED % ".n", syncPolicy=policy))
        assert found["metadata"].get("finalizers") == finalizers

    def test_two_of_one_name_are_refused(self, checkout: Make) -> None:
        generators = "[{list: {elements: [{n: a}, {n: a}]}}]"
        (problem,) = refused(checkout, {}, applicationset(generators, NAMED % ".n"))
        assert "two applications would be called a" in problem.message


class TestTemplatePatch:
    """DOCS/Template/#template-patch"""

    GENERATORS = (
        "[{list: {elements: [{n: a, autoSync: true, prune: true, files: [x.yaml, y.yaml]}]}}]"
    )
    TEMPLATE = """
        metadata: {name: "{{ .n }}"}
        spec:
          project: default
          source: {path: p, helm: {valueFiles: [z.yaml], releaseName: r}}
        """

    def patched(self, make: Make, patch: str) -> dict[str, Any]:
        document = applicationset(self.GENERATORS, self.TEMPLATE, templatePatch=dedent(patch))
        (found,) = expanded(make, {}, document)
        return found["spec"]

    def test_it_makes_what_texts_cannot(self, checkout: Make) -> None:
        spec = self.patched(
            checkout,
            """
            spec:
              source:
                helm:
                  valueFiles:
                  {{- range $file := .files }}
                    - {{ $file }}
                  {{- end }}
            {{- if .autoSync }}
              syncPolicy:
                automated:
                  prune: {{ .prune }}
            {{- end }}
            """,
        )
        assert spec["syncPolicy"] == {"automated": {"prune": True}}
        assert spec["source"] == {
            "path": "p",
            "helm": {"valueFiles": ["x.yaml", "y.yaml"], "releaseName": "r"},
        }

    def test_null_takes_away(self, checkout: Make) -> None:
        assert "helm" not in self.patched(checkout, "spec: {source: {helm: null}}")["source"]

    def test_it_cannot_change_the_project(self, checkout: Make) -> None:
        assert self.patched(checkout, "spec: {project: other}")["project"] == "default"

    @pytest.mark.parametrize(
        ("patch", "why"),
        [
            ("spec:", "takes the whole spec away"),
            ("{{ .nope }}", "no entry for key"),
            ("- a", "no object"),
            ("spec: [", "no YAML"),
            ("spec: {$patch: delete}", "directive"),
        ],
    )
    def test_a_patch_that_harms_is_refused(self, checkout: Make, patch: str, why: str) -> None:
        document = applicationset(self.GENERATORS, self.TEMPLATE, templatePatch=patch)
        (problem,) = refused(checkout, {}, document)
        assert why in problem.message
