"""What is wrong with an Application's sources is said with its place, and the others go on."""

from typing import Any

import pytest

from review.problem import Problem
from review.sources import Application, render_sources
from review.sources.charts import Charts
from review.sources.cluster import Cluster
from tests.review.conftest import Make
from tests.review.tiny import URL

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\n"
GOOD = {"repoURL": URL, "path": "good"}
CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
    "chart/templates/one.yaml": CONFIG,
}


def rendered(checkout: Make, *sources: dict[str, Any], **files: str) -> Application:
    application = Application(
        manifest={
            "metadata": {"name": "app"},
            "spec": {"sources": list(sources), "destination": {"namespace": "here"}},
        },
        file="app.yaml",
    )
    repository = checkout({"good/config.yaml": CONFIG, **CHART, **files})
    render_sources(
        [application], repository=repository, charts=Charts(None), cluster=Cluster("1.36")
    )
    return application


@pytest.mark.parametrize(
    ("source", "rule", "says"),
    [
        ({"repoURL": "https://charts.example.com", "chart": "x", "targetRevision": "1", "ref": "v"},
         "application", "a chart cannot be a ref"),
        ({"repoURL": URL}, "application", "has a source without path, chart or ref"),
        ({"repoURL": URL, "path": "gone"}, "file", "is no folder; app syncs it"),
        ({"repoURL": URL, "path": "good", "directory": {"include": "{a"}}, "glob", "{a"),
        ({"repoURL": URL, "path": "chart", "helm": {"values": "a: ["}},
         "unsupported", "helm.values is no YAML"),
        ({"repoURL": URL, "path": "chart", "helm": {"valueFiles": ["[a"]}},
         "value-file", "[a"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)  # fmt: skip
def test_one_broken_source_keeps_no_other_from_being_rendered(
    source: dict[str, Any], rule: str, says: str, checkout: Make
) -> None:
    application = rendered(checkout, source, GOOD)
    (problem,) = application.problems
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.application) == (rule, "app")
    assert says in f"{problem.file} {problem.message}"
    assert "ConfigMap here/good" in [str(each) for each in application.documents]


def test_a_chart_of_others_cannot_name_a_value_file_of_its_own(checkout: Make) -> None:
    source = {"repoURL": "https://charts.example.com", "chart": "chart", "targetRevision": "0.1.0"}
    repository = checkout(CHART)
    application = Application(
        manifest={
            "metadata": {"name": "app"},
            "spec": {"source": {**source, "helm": {"valueFiles": ["values-dev.yaml"]}}},
        },
        file="app.yaml",
    )
    render_sources(
        [application],
        repository=repository,
        charts=Charts(repository.root),
        cluster=Cluster("1.36"),
    )
    (problem,) = application.problems
    assert "is in the third-party chart; use $ref/ or valuesObject" in problem.message


def test_another_repository_of_value_files_alone_is_nothing_to_render(checkout: Make) -> None:
    elsewhere = {"repoURL": "https://git.example.com/other.git", "ref": "values"}
    application = rendered(checkout, elsewhere, GOOD)
    assert (application.problems, application.not_rendered) == ([], [])
