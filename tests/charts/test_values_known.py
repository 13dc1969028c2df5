"""No value is given to a chart that the chart does not know.

Needs the charts' own values: a folder with `<chart>/values.yaml` for each, named by the environment
variable TRIBE_CHART_VALUES (`helm show values` writes one). Without it these tests are skipped.
"""

import os
from pathlib import Path

import pytest
import yaml

from tests.charts.chart import CHARTS, Chart
from tests.charts.known import unknown

VARIABLE = "TRIBE_CHART_VALUES"


def own_values(chart: Chart) -> dict[str, object]:
    """The chart's own values. Skips where they are not to be had."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        pytest.skip(f"{VARIABLE} names no folder of charts' own values: {chart.name} is unchecked")
    path = Path(folder, chart.name, "values.yaml")
    if not path.is_file():
        pytest.skip(f"{VARIABLE} has no values of {chart.name}: its values are unchecked")
    return yaml.safe_load(path.read_text())


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_every_value_is_known_to_its_chart(chart: Chart) -> None:
    known = own_values(chart)
    documents = chart.ours()
    assert documents
    found = {
        name: list(unknown(ours, known, open_maps=chart.open_maps))
        for name, ours in documents.items()
    }
    assert {name: paths for name, paths in found.items() if paths} == {}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_every_open_map_is_one_of_the_chart_and_needs_to_be_open(chart: Chart) -> None:
    known = own_values(chart)
    for path in chart.open_maps:
        rest = tuple(each for each in chart.open_maps if each != path)
        paths = [
            found
            for ours in chart.ours().values()
            for found in unknown(ours, known, open_maps=rest)
        ]
        assert [found for found in paths if found.startswith(f"{path}.")], (
            f"{path} need not be open"
        )


CHART = {
    "replicas": 1,
    "image": {"tag": "v1"},
    "resources": {},
    "tolerations": [],
    "extra": None,
    "affinity": "",
    "cm": {"create": True},
}


@pytest.mark.parametrize(
    ("ours", "problem"),
    [
        ({"replica": 2}, "replica is not a value of the chart"),
        ({"image": {"tga": "v2"}}, "image.tga is not a value of the chart"),
        ({"cm": {"url": "x"}}, "cm.url is not a value of the chart"),
        ({"image": "v2"}, "image is a single value, and in the chart a map"),
        ({"replicas": {"min": 1}}, "replicas is a map, and in the chart a single value"),
        ({"tolerations": {"key": "x"}}, "tolerations is a map, and in the chart a list"),
    ],
)
def test_finds(ours: dict[str, object], problem: str) -> None:
    assert list(unknown(ours, CHART)) == [problem]


@pytest.mark.parametrize(
    "ours",
    [
        {},
        {"replicas": 2, "image": {"tag": "v2"}},
        {"resources": {"limits": {"cpu": "1"}}},
        {"tolerations": [{"key": "x"}]},
        {"extra": {"any": "thing"}},
        {"affinity": {"nodeAffinity": {}}},
    ],
)
def test_accepts(ours: dict[str, object]) -> None:
    assert list(unknown(ours, CHART)) == []


def test_an_open_map_takes_any_key() -> None:
    assert list(unknown({"cm": {"url": "x"}}, CHART, open_maps=["cm"])) == []
