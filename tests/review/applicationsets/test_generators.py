"""Lists, pairs and merges of sets; and the generators that cannot be asked here."""

import pytest

from tests.review.applicationsets.given import NAMED, applicationset, expanded, names, refused
from tests.review.conftest import Make


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
