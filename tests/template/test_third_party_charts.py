"""The real charts of others, where they are at hand: rendered with our values, and judged."""

import os
from pathlib import Path

import pytest

from review.check import check
from review.repository import Repository

VARIABLE = "TRIBE_CHARTS"
ENVIRONMENTS = ("dev", "staging", "prod")
# Pods that nothing here makes: an operator does, or the namespace's level is not ours to say.
MADE_IN_THE_CLUSTER = ("Pod Security of the pods in kube-system", "the pods of ")


@pytest.fixture(scope="module")
def charts() -> Path:
    folder = os.environ.get(VARIABLE, "")
    if not folder or not Path(folder).is_dir():
        pytest.skip(f"NO CHART OF OTHERS IS JUDGED: {VARIABLE} names no folder that holds them")
    return Path(folder)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_chart_renders_and_its_pods_are_admitted_where_they_run(
    repository: Path, charts: Path, environment: str
) -> None:
    problems, unseen = check(Repository(root=repository), charts=charts, names=[environment])
    assert [str(each) for each in problems if each.rule != "facts"] == []
    assert [each.what for each in unseen if not each.what.startswith(MADE_IN_THE_CLUSTER)] == []
