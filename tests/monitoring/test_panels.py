"""What a person sees at two in the morning: units, limits, names and gaps of every panel."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.monitoring.dashboards import DASHBOARDS, panels
from tests.monitoring.metrics import known
from tests.monitoring.rules import ALERTS

PANELS = {
    f"{name}: {panel['title']}": panel
    for name in DASHBOARDS
    for panel in panels(name)
    if panel["datasource"]["type"] == "prometheus"
}
# Labels that every series of a recording rule of its kind bears.
OF_RECORDS = {"service", "slo", "pod", "node"}


def expressions(panel: Mapping[str, Any]) -> list[str]:
    return [target["expr"] for target in panel["targets"]]


def unit_of(expression: str) -> str | None:
    """The unit that an expression's value is in, where its names tell."""
    if "histogram_quantile(" in expression or "_seconds:p95" in expression:
        return "s"
    if " / on (" in expression:
        return None  # a burn rate: how many times the allowed
    if ":ratio" in expression:
        return "percentunit"
    if "_bytes" in expression:
        return "percentunit" if " / " in expression else "bytes"
    return None


@pytest.mark.parametrize("name", [name for name in PANELS if PANELS[name]["type"] != "table"])
def test_a_panel_has_the_unit_of_what_it_shows(name: str):
    unit = PANELS[name]["fieldConfig"]["defaults"]["unit"]
    assert {unit_of(expression) for expression in expressions(PANELS[name])} <= {unit, None}


@pytest.mark.parametrize("name", [name for name in PANELS if PANELS[name]["type"] != "table"])
def test_a_legend_is_there_and_names_only_what_the_query_leaves(name: str):
    for target in PANELS[name]["targets"]:
        assert target["legendFormat"]
        left = {
            label
            for listed in re.findall(r"\bby \(([^)]*)\)", target["expr"])
            for label in listed.split(", ")
        }
        if not left:
            left = OF_RECORDS
        assert set(re.findall(r"{{(\w+)}}", target["legendFormat"])) <= left


# An empty panel and a broken one look alike. Of a service, anything may be missing.
MAY_BE_EMPTY = [
    name
    for name, panel in PANELS.items()
    if name.startswith(("services", "slos", "business"))
    or panel["type"] == "table"
    or any(
        re.search(r"[=!<>] \d|unschedulable", expression) and "or vector(0)" not in expression
        for expression in expressions(panel)
    )
]


@pytest.mark.parametrize("name", MAY_BE_EMPTY)
def test_a_panel_that_may_be_empty_says_what_that_means(name: str):
    assert PANELS[name]["fieldConfig"]["defaults"]["noValue"]


@pytest.mark.parametrize("name", [name for name in PANELS if PANELS[name]["type"] == "table"])
def test_a_tables_cells_are_not_filled_with_what_is_said_of_an_empty_table(name: str):
    """Grafana writes `noValue` into every empty cell too."""
    (of_text,) = [
        {each["id"]: each["value"] for each in override["properties"]}
        for override in PANELS[name]["fieldConfig"]["overrides"]
        if override["matcher"] == {"id": "byType", "options": "string"}
    ]
    assert of_text == {"noValue": "-"}
    # With a unit of numbers, a text of blanks is shown as 0.
    assert PANELS[name]["fieldConfig"]["defaults"]["unit"] == "string"


def alert_at(alert: str) -> float:
    """The number beyond which an alert fires."""
    return float(re.findall(r"[<>] ([\d.]+)", ALERTS[alert]["expr"])[-1])


@pytest.mark.parametrize(
    ("panel", "alert"),
    [
        ("services: Errors", "ErrorRateHigh"),
        ("services: Errors by version", "ErrorRateHigh"),
        ("services: Database operations, p95", "DatabaseLatencyHigh"),
        ("services: Model calls, p95", "AiLatencyHigh"),
        ("services: CPU of its limit", "CpuHigh"),
        ("services: Memory of its limit", "MemoryHigh"),
        ("cluster: CPU of each node", "NodeCpuHigh"),
        ("cluster: Memory of each node", "NodeMemoryHigh"),
        ("cluster: Disks of nodes: left", "NodeDiskFilling"),
        ("cluster: Volumes: left", "VolumeFilling"),
    ],
)
def test_the_red_line_is_where_the_alert_fires(panel: str, alert: str):
    last = PANELS[panel]["fieldConfig"]["defaults"]["thresholds"]["steps"][-1]
    assert last == {"color": "red", "value": alert_at(alert)}


@pytest.mark.parametrize("panel", ["services: Duration, p95", "services: Duration by version, p95"])
def test_the_limit_of_a_duration_is_that_of_the_services_class(panel: str):
    (limit,) = [
        each["expr"] for each in PANELS[panel]["targets"] if each["legendFormat"] == "alert"
    ]
    found = re.findall(r'class=~?"([a-z|]+)"}\) \* 0 \+ ([\d.]+)', limit)
    assert {classes: float(seconds) for classes, seconds in found} == {
        "ai": alert_at("AiLatencyHigh"),
        "api|frontend": alert_at("ApiLatencyHigh"),
    }


@pytest.mark.parametrize("name", ["cluster", "services"])
def test_what_fires_stands_first(name: str):
    first = panels(name)[0]
    assert first["title"] == "Alerts that fire"
    assert "ALERTS{" in first["targets"][0]["expr"]
    assert first["gridPos"]["y"] == 1


@pytest.mark.parametrize("name", DASHBOARDS)
def test_a_variable_offers_what_somebody_says(name: str):
    for variable in DASHBOARDS[name]["templating"]["list"]:
        asked = variable["query"]["query"]
        assert variable["definition"] == asked
        found = re.fullmatch(r"label_values\((?P<metric>[\w:]*)(\{.*\})?, \w+\)", asked)
        assert found
        # Without a name: whatever begins so.
        names = [found["metric"]] if found["metric"] else re.findall(r'"(\w+)\.\+"', asked)
        assert all(any(each.startswith(metric) for each in known()) for metric in names)
        assert names


def test_a_service_without_requests_can_be_chosen_too():
    for variable in DASHBOARDS["services"]["templating"]["list"]:
        assert "service:owner:info" in variable["query"]["query"]


def test_a_rate_of_requests_is_drawn_from_zero():
    rates = [
        panel for panel in PANELS.values() if panel["fieldConfig"]["defaults"]["unit"] == "reqps"
    ]
    assert rates
    assert all(panel["fieldConfig"]["defaults"]["min"] == 0 for panel in rates)


def test_a_finished_pod_asks_for_nothing():
    asked = [
        expression
        for panel in PANELS.values()
        for expression in expressions(panel)
        if "resource_requests" in expression
    ]
    assert len(asked) == 2
    assert all('kube_pod_status_phase{phase=~"Pending|Running"} == 1' in each for each in asked)


@pytest.mark.parametrize(
    ("panel", "long", "short"),
    [
        (
            "cluster: CPU of each node",
            "ip-10-20-12-47.eu-central-1.compute.internal",
            "ip-10-20-12-47",
        ),
        (
            "cluster: Volumes: left",
            "prometheus-kube-prometheus-stack-prometheus-db-prometheus-kube-prometheus-stack-prometheus-0",
            "prometheus-0",
        ),
        ("cluster: Volumes: left", "storage-loki-0", "storage-loki-0"),
    ],
)
def test_a_long_name_is_shortened_to_what_tells_it_apart(panel: str, long: str, short: str):
    (rename,) = PANELS[panel]["transformations"]
    pattern, shown = rename["options"]["regex"], rename["options"]["renamePattern"]
    matched = re.fullmatch(pattern, long)  # Grafana takes a bare pattern as the whole name's
    assert matched
    assert matched.expand(re.sub(r"\$(\d)", r"\\\1", shown)) == short
