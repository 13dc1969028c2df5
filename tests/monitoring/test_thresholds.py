"""The thresholds of the platform's requirement O4, and the promises over 14 days."""

import re

import pytest

from tests.monitoring.rules import ALERTS, PROJECT


@pytest.mark.parametrize(
    ("alert", "threshold", "minutes"),
    [
        ("ErrorRateHigh", "> 0.05", "5m"),
        ("ApiLatencyHigh", "> 0.5", "5m"),
        ("CpuHigh", "> 0.8", "10m"),
        ("MemoryHigh", "> 0.8", "10m"),
        ("NodeCpuHigh", "> 0.8", "10m"),
        ("NodeMemoryHigh", "> 0.8", "10m"),
        ("RestartsHigh", "> 5", None),
        ("ServiceDown", "== 0", "5m"),
        ("DatabaseLatencyHigh", "> 0.1", "5m"),
        ("AiLatencyHigh", "> 5", "5m"),
    ],
)
def test_the_required_thresholds_stand(alert: str, threshold: str, minutes: str | None):
    assert re.search(rf"{threshold}(\s|$)", ALERTS[alert]["expr"])
    assert ALERTS[alert].get("for") == minutes


def test_restarts_are_counted_over_an_hour():
    assert "restarts_total[1h]" in ALERTS["RestartsHigh"]["expr"]


HOURS = 14 * 24
# Share of the budget, within so many hours, the two windows.
STEPS = {
    "ErrorBudgetBurningFast": [(0.02, 1, "1h", "5m"), (0.05, 6, "6h", "30m")],
    "ErrorBudgetBurning": [(0.10, 24, "1d", "2h"), (0.25, 72, "3d", "6h")],
}
MINUTES = {"5m": 5, "30m": 30, "1h": 60, "2h": 120, "6h": 360, "1d": 1440, "3d": 4320}


@pytest.mark.parametrize("alert", STEPS)
def test_burn_rates_are_derived_in_the_rule_itself(alert: str):
    found = re.findall(
        r"ratio_rate(\w+)\s+> on \(namespace, service, slo\) group_left \(\)\s+"
        r"([\d.]+) \* 14 \* 24 / (\d+) ",
        ALERTS[alert]["expr"],
    )
    expected = [
        (window, share, hours)
        for share, hours, long, short in STEPS[alert]
        for window in (long, short)
    ]
    assert [(window, float(share), int(hours)) for window, share, hours in found] == expected


@pytest.mark.parametrize("step", [step for steps in STEPS.values() for step in steps])
def test_every_burn_rate_fires_only_for_more_than_the_budget_allows(
    step: tuple[float, int, str, str],
):
    share, hours, long, short = step
    factor = share * HOURS / hours
    assert factor > 1
    assert MINUTES[long] == hours * 60 == MINUTES[short] * 12
    text = (PROJECT / "monitoring" / "rules" / "objectives.yaml").read_text()
    assert f" {round(factor, 2):g} " in text
