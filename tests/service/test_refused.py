"""Values that the chart refuses. A fixture's file name is the claim; `says` is what people read."""

from pathlib import Path

import pytest
import yaml

from tests.service.chart import CHART, merged, refusal, service

FIXTURES = sorted((Path(__file__).parent / "refused").glob("*.yaml"))


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.stem)
def test_refused(fixture: Path):
    asked = yaml.safe_load(fixture.read_text())
    values = service(asked.get("class", "api"), asked.get("environment", "dev"))
    said = refusal(merged(values, asked["values"]))
    assert asked["says"] in said


def test_all_faults_are_said_at_once():
    said = refusal(service(replicas={"min": 12}, calls=["orders"], image={"tag": "latest"}))
    places = [said.index(key) for key in ("image.tag: ", "calls: ", "replicas.min: ")]
    assert places == sorted(places)


def test_every_fault_that_the_chart_knows_has_a_fixture():
    """A line of a fault names its key first: `exposure.path: …`."""
    said = "\n".join(yaml.safe_load(fixture.read_text())["says"] for fixture in FIXTURES)
    texts = [
        line.split("{{")[0]
        for file in CHART.glob("templates/_faults*.tpl")
        for line in file.read_text().splitlines()
        if ": " in line and not line.lstrip().startswith(("{{", "(", "What"))
    ]
    assert len(texts) > 30
    assert [text for text in texts if text not in said] == []
