"""Every expression parses, and reads only what somebody says."""

import re

import pytest

from tests.monitoring.dashboards import queries
from tests.monitoring.metrics import CONTRACT, EXPORTERS, contract, known, read_by
from tests.monitoring.rules import all_rules

EXPRESSIONS = {
    **{
        rule.get("alert") or f"{rule['record']} {rule.get('labels', '')}": rule["expr"]
        for rule in all_rules()
    },
    **queries("prometheus"),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_reads_only_known_metrics(name: str):
    read = read_by(EXPRESSIONS[name])
    assert read or name == "Watchdog"
    assert read <= known()


def test_nothing_is_said_to_be_known_that_nobody_reads():
    read = {metric for expression in EXPRESSIONS.values() for metric in read_by(expression)}
    exported = {name for names in EXPORTERS.values() for name in names}
    assert exported <= read


def test_every_metric_of_the_contract_is_read():
    read = {metric for expression in EXPRESSIONS.values() for metric in read_by(expression)}
    for name in contract():
        assert name in read or name.endswith(("_sum", "_count", "_bucket"))
    histograms = {name.removesuffix("_sum") for name in contract() if name.endswith("_sum")}
    for name in histograms:
        assert f"{name}_bucket" in read


def test_the_contract_asks_for_the_boundaries_that_alerts_stand_on():
    sections = dict(
        re.findall(r"^## (\w+)[^\n]*\n(.*?)(?=^## |\Z)", CONTRACT.read_text(), re.M | re.S)
    )
    boundaries = {
        name: set(re.findall(r"\*\*([\d.]+)\*\*", text)) for name, text in sections.items()
    }
    assert boundaries["Requests"] == {"0.5", "5"}
    assert boundaries["Databases"] == {"0.1"}
    assert boundaries["Models"] == {"5"}
