"""Value files of Helm sources: which, in which order.

DOCS is https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
"""

from typing import Any

import pytest

from review.repository import Repository
from review.sources import Application, value_files
from tests.review.conftest import Make
from tests.review.tiny import URL

OTHER = "https://git.example.com/other.git"


def application(source: dict[str, Any], *others: dict[str, Any]) -> Application:
    return Application(
        manifest={
            "metadata": {"name": "app"},
            "spec": {
                "project": "shop",
                "sources": [source, *others],
                "destination": {"namespace": "api-services"},
            },
        },
        file="environments/dev/app.yaml",
        line=1,
    )


def source(*files: str, path: str = "charts/service", **helm: Any) -> dict[str, Any]:
    return {"repoURL": URL, "path": path, "helm": {"valueFiles": list(files), **helm}}


def read(
    repository: Repository, given: dict[str, Any], *others: dict[str, Any]
) -> tuple[list[str], list[str]]:
    """The paths of the value files, and the messages of the problems."""
    found, problems = value_files.read(given, application(given, *others), repository=repository)
    return [each.file for each in found], [each.message for each in problems]


def empty(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, "")


def test_a_path_is_relative_to_the_chart(checkout: Make) -> None:
    """DOCS#values-files"""
    repository = checkout(empty("charts/service/values-dev.yaml", "charts/shared.yaml"))
    assert read(repository, source("values-dev.yaml", "../shared.yaml")) == (
        ["charts/service/values-dev.yaml", "charts/shared.yaml"],
        [],
    )


def test_a_leading_slash_is_the_root_of_the_repository(checkout: Make) -> None:
    """DOCS#glob-patterns-in-value-files, "Absolute paths" """
    repository = checkout(empty("environments/dev/values.yaml"))
    assert read(repository, source("/environments/dev/values.yaml")) == (
        ["environments/dev/values.yaml"],
        [],
    )


@pytest.mark.parametrize("path", ["../../../secret.yaml", "/../secret.yaml", "."])
def test_a_path_cannot_leave_the_repository(checkout: Make, path: str) -> None:
    found, (message,) = read(checkout({}), source(path))
    assert found == []
    assert "outside of the repository" in message or "is not there" in message


def test_a_link_cannot_leave_the_repository(checkout: Make, tmp_path_factory: Any) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("a: 1\n")
    repository = checkout({"charts/service/Chart.yaml": ""})
    (repository.root / "charts/service/link.yaml").symlink_to(outside)
    assert read(repository, source("link.yaml")) == ([], ["is outside of the repository"])


def test_a_missing_file_is_a_problem_that_names_it(checkout: Make) -> None:
    assert read(checkout({}), source("/nope.yaml")) == (
        [],
        ["value file /nope.yaml: nope.yaml is not there"],
    )


def test_a_missing_file_can_be_ignored(checkout: Make) -> None:
    """DOCS#values-files, `ignoreMissingValueFiles`"""
    given = source("/nope.yaml", "/there.yaml", ignoreMissingValueFiles=True)
    assert read(checkout(empty("there.yaml")), given) == (["there.yaml"], [])


def test_every_broken_file_is_a_problem(checkout: Make) -> None:
    files = {"a.yaml": "a: [\n", "b.yaml": "- a list\n", "c.yaml": "a: 1\n"}
    found, messages = read(checkout(files), source("/a.yaml", "/b.yaml", "/c.yaml", "/d.yaml"))
    assert found == ["c.yaml"]
    assert [message.split(":")[0] for message in messages] == [
        "is no YAML",
        "is no object",
        "value file /d.yaml",
    ]


def test_a_reference_is_the_root_of_its_source(checkout: Make) -> None:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/"""
    repository = checkout(empty("charts/values.yaml"))
    chart = {"repoURL": OTHER, "chart": "c", "helm": {"valueFiles": ["$values/charts/values.yaml"]}}
    reference = {"repoURL": URL, "path": "somewhere", "ref": "values"}
    assert read(repository, chart, reference) == (["charts/values.yaml"], [])


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ({"repoURL": URL, "ref": "config"}, "no source of the application has `ref: values`"),
        ({"repoURL": OTHER, "ref": "values"}, f"is in {OTHER}, not here"),
    ],
)
def test_a_reference_must_lead_here(
    checkout: Make, reference: dict[str, Any], message: str
) -> None:
    found, (said,) = read(checkout({}), source("$values/a.yaml"), reference)
    assert found == []
    assert said.endswith(message)


def test_the_build_environment_is_put_into_paths(checkout: Make) -> None:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/"""
    repository = checkout(empty("envs/app/shop.yaml"))
    given = source("/envs/$ARGOCD_APP_NAME/${ARGOCD_APP_PROJECT_NAME}.yaml")
    assert read(repository, given) == (["envs/app/shop.yaml"], [])


def test_what_only_a_commit_tells_is_refused(checkout: Make) -> None:
    _, (message,) = read(checkout({}), source("/$ARGOCD_APP_REVISION.yaml"))
    assert "ARGOCD_APP_REVISION is not known here" in message


def test_a_remote_file_is_refused(checkout: Make) -> None:
    _, (message,) = read(checkout({}), source("https://example.com/values.yaml"))
    assert "is remote" in message


class TestGlobs:
    """DOCS#glob-patterns-in-value-files"""

    def test_matches_stand_in_lexical_order_where_the_pattern_stands(self, checkout: Make) -> None:
        repository = checkout(empty("base.yaml", "envs/b.yaml", "envs/a.yaml", "final.yaml"))
        given = source("/base.yaml", "/envs/*.yaml", "/final.yaml")
        assert read(repository, given)[0] == [
            "base.yaml",
            "envs/a.yaml",
            "envs/b.yaml",
            "final.yaml",
        ]

    def test_a_folders_files_stand_before_those_of_the_folders_in_it(self, checkout: Make) -> None:
        repository = checkout(empty("envs/a.yaml", "envs/z.yaml", "envs/nested/c.yaml"))
        assert read(repository, source("/envs/**/*.yaml"))[0] == [
            "envs/a.yaml",
            "envs/z.yaml",
            "envs/nested/c.yaml",
        ]

    def test_a_star_stops_at_a_slash(self, checkout: Make) -> None:
        repository = checkout(empty("envs/a.yaml", "envs/nested/c.yaml"))
        assert read(repository, source("/envs/*.yaml"))[0] == ["envs/a.yaml"]

    def test_a_file_that_is_named_has_the_place_where_it_is_named(self, checkout: Make) -> None:
        repository = checkout(empty("envs/base.yaml", "envs/prod.yaml"))
        assert read(repository, source("/envs/prod.yaml", "/envs/*.yaml"))[0] == [
            "envs/prod.yaml",
            "envs/base.yaml",
        ]
        assert read(repository, source("/envs/*.yaml", "/envs/prod.yaml"))[0] == [
            "envs/base.yaml",
            "envs/prod.yaml",
        ]

    def test_a_file_is_taken_once(self, checkout: Make) -> None:
        repository = checkout(empty("envs/a.yaml", "envs/nested/a.yaml"))
        given = source("/envs/*.yaml", "/envs/**/*.yaml")
        assert read(repository, given)[0] == ["envs/a.yaml", "envs/nested/a.yaml"]

    def test_a_pattern_that_matches_nothing_is_a_problem(self, checkout: Make) -> None:
        assert read(checkout({}), source("/nope/*.yaml")) == (
            [],
            ["value file /nope/*.yaml: matches no file"],
        )
        assert read(checkout({}), source("/nope/*.yaml", ignoreMissingValueFiles=True)) == ([], [])


def test_values_merge_object_by_object_and_lists_are_replaced() -> None:
    """https://helm.sh/docs/chart_template_guide/values_files/"""
    first = {"a": {"x": 1, "y": 2}, "list": [1, 2], "gone": {"z": 1}}
    second = {"a": {"y": 3}, "list": [3], "gone": None}
    assert value_files.merged([first, second]) == {
        "a": {"x": 1, "y": 3},
        "list": [3],
        "gone": None,
    }
