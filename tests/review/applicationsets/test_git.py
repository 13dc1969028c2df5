"""Sets from git: each file, or each folder, that a generator finds."""

import pytest

from tests.review.applicationsets.given import (
    FILES,
    NAMED,
    applicationset,
    evaluated,
    expanded,
    names,
    refused,
)
from tests.review.conftest import Make

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
