"""The template of a set, as Go and Argo CD read it."""

from typing import Any

import pytest
import yaml

from tests.review.applicationsets.given import (
    FILES,
    NAMED,
    applicationset,
    expanded,
    names,
    refused,
)
from tests.review.conftest import Make


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
