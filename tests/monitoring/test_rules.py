"""Every alert is tested, routed by its labels, and has a page that says what to do."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.monitoring.rules import ALERTS, FOLDER, PROJECT, RULES, TESTS, all_rules, checks, read

# Alerts that are there all the time, or fire because something is missing.
ALWAYS = {"Watchdog"}
FIRES_ON_ABSENCE = {"ArgoCdDown", "LokiDown", "TargetMissing"}


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_promtool_takes_the_rules(file: Path, promtool: Path):
    checked = subprocess.run(
        [promtool, "check", "rules", "--lint-fatal", file],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("file", TESTS, ids=lambda file: file.stem)
def test_the_alerts_do_as_their_unit_tests_say(file: Path, promtool: Path):
    tested = subprocess.run(
        [promtool, "test", "rules", file.name],
        cwd=FOLDER, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert tested.returncode == 0, tested.stdout + tested.stderr


def test_every_file_of_rules_stands_beside_its_test():
    assert {f"{file.stem}_test" for file in RULES} <= {file.stem for file in TESTS}


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_is_shown_to_fire(alert: str):
    firing = [
        alerts
        for claim in checks(alert).values()
        for check in claim
        if (alerts := check["exp_alerts"])
    ]
    assert firing
    for (each,) in firing:
        assert each["exp_labels"]["team"]
        assert set(each["exp_annotations"]) == {"summary", "description", "runbook_url"}
        assert not re.search(r"\{\{|<no value>|%!", str(each["exp_annotations"]))


@pytest.mark.parametrize("alert", sorted(ALERTS.keys() - ALWAYS))
def test_an_alert_is_shown_to_be_silent_and_to_recover(alert: str):
    claims = checks(alert)
    silent = [claim for claim, found in claims.items() if not any(c["exp_alerts"] for c in found)]
    assert silent, "no case in which it stays silent"
    recovers = [
        claim
        for claim, found in claims.items()
        if found[0]["exp_alerts"] and not found[-1]["exp_alerts"]
    ]
    assert [claim for claim in recovers if "recovers" in claim]


@pytest.mark.parametrize("alert", sorted(ALERTS.keys() - ALWAYS - FIRES_ON_ABSENCE))
def test_an_alert_is_shown_to_be_silent_without_series(alert: str):
    assert f"{alert} is silent without series" in checks(alert)


@pytest.mark.parametrize("alert", sorted(name for name, rule in ALERTS.items() if "for" in rule))
def test_an_alert_that_waits_is_shown_not_to_fire_at_once(alert: str):
    """Somewhere it is checked silent before, and firing after."""
    if alert.startswith("ErrorBudget"):
        return  # their windows wait, not their `for`: the cases of just below show it
    orders = [[bool(c["exp_alerts"]) for c in found] for found in checks(alert).values()]
    assert any(order[:2] == [False, True] for order in orders)


@pytest.mark.parametrize("alert", ALERTS)
def test_an_alert_says_how_grave_it_is_and_leads_to_its_page(alert: str):
    rule = ALERTS[alert]
    assert rule["labels"]["severity"] in {"critical", "warning"} or alert in ALWAYS
    assert set(rule["annotations"]) == {"summary", "description", "runbook_url"}
    assert rule["annotations"]["runbook_url"] == f"docs/runbooks/alerts/{alert}.md"
    page = (PROJECT / rule["annotations"]["runbook_url"]).read_text()
    assert page.startswith(f"# {alert}\n")
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert headings == [
        "What is seen",
        "Why it may be so",
        "Look first",
        "What to do",
        "It is over when",
    ]


def test_no_page_is_left_of_an_alert_that_is_gone():
    pages = {page.stem for page in (PROJECT / "docs" / "runbooks" / "alerts").glob("*.md")}
    assert pages == set(ALERTS)


def test_no_rule_rests_so_long_that_its_last_sample_is_forgotten():
    """Prometheus looks back 5 minutes for a sample: then a panel would have holes."""
    rests = [group.get("interval", "30s") for file in RULES for group in read(file)["groups"]]
    assert all(re.fullmatch(r"30s|[1-4]m", rest) for rest in rests)


def test_no_name_is_used_twice():
    alerts = [rule["alert"] for rule in all_rules() if "alert" in rule]
    assert len(alerts) == len(set(alerts))
    groups = [group["name"] for file in RULES for group in read(file)["groups"]]
    assert len(groups) == len(set(groups))
