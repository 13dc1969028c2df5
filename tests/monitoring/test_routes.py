"""Who is told of what: Alertmanager's own routing, asked for each alert there is."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.monitoring.rules import ALERTS, PROJECT

FILE = PROJECT / "monitoring" / "kube-prometheus-stack" / "alertmanager.yaml"
VALUES = yaml.safe_load(FILE.read_text())["alertmanager"]
CONFIG: Mapping[str, Any] = VALUES["config"]
SECRETS = "/etc/alertmanager/secrets/alertmanager/"


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration as a file. Debian's amtool knows no keys in files: they stand in it."""
    text = yaml.safe_dump(dict(CONFIG))
    text = re.sub(r"url_file: \S+", "url: https://heartbeat.example.com/", text)
    text = re.sub(r"routing_key_file: \S+", "routing_key: abc", text)
    file = tmp_path_factory.mktemp("alertmanager") / "alertmanager.yaml"
    file.write_text(text)
    return file


def receivers(amtool: Path, config: Path, labels: Mapping[str, str]) -> list[str]:
    asked = subprocess.run(
        [
            amtool, "config", "routes", "test", f"--config.file={config}",
            *(f"{name}={value}" for name, value in labels.items()),
        ],
        capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    return asked.stdout.strip().split(",")


def test_amtool_takes_the_configuration(amtool: Path, config: Path):
    checked = subprocess.run(
        [amtool, "check-config", config],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("team", ["platform", "payments", "models"])
@pytest.mark.parametrize(
    ("severity", "reached"),
    [("critical", ["pager", "team-channel"]), ("warning", ["team-channel"])],
)
def test_the_grave_ones_page_and_all_reach_the_team(
    severity: str, reached: list[str], team: str, amtool: Path, config: Path
):
    labels = {"alertname": "Any", "severity": severity, "team": team}
    assert receivers(amtool, config, labels) == reached


@pytest.mark.parametrize("alert", ALERTS)
def test_every_alert_of_ours_reaches_someone(alert: str, amtool: Path, config: Path):
    labels = {"alertname": alert, "team": "payments", **ALERTS[alert]["labels"]}
    expected = {
        "critical": ["pager", "team-channel"],
        "warning": ["team-channel"],
        "none": ["heartbeat"],
    }[labels["severity"]]
    assert receivers(amtool, config, labels) == expected


@pytest.mark.parametrize(
    "labels",
    [
        {"alertname": "A", "severity": "info", "team": "payments"},
        {"alertname": "A", "severity": "warning"},
        {"alertname": "A"},
    ],
)
def test_what_names_no_team_or_severity_reaches_the_platform(
    labels: Mapping[str, str], amtool: Path, config: Path
):
    assert receivers(amtool, config, labels) == ["platform-channel"]


def test_a_grave_one_without_a_team_pages_all_the_same(amtool: Path, config: Path):
    assert receivers(amtool, config, {"alertname": "A", "severity": "critical"}) == ["pager"]


def test_no_receiver_is_empty():
    for receiver in CONFIG["receivers"]:
        assert any(key.endswith("_configs") and value for key, value in receiver.items())


def test_a_team_is_a_group_of_its_own_so_that_its_channel_is_known():
    assert {"alertname", "team"} <= set(CONFIG["route"]["group_by"])
    (team,) = [each for each in CONFIG["receivers"] if each["name"] == "team-channel"]
    assert team["slack_configs"][0]["channel"] == "#alerts-{{ .GroupLabels.team }}"
    assert "group_by" not in str(CONFIG["route"]["routes"])


def test_no_key_is_in_git_and_every_key_comes_from_the_secret():
    named = re.findall(rf"{SECRETS}([a-z-]+)", str(CONFIG))
    assert set(named) == {"heartbeat-url", "pagerduty-routing-key", "slack-token"}
    assert VALUES["alertmanagerSpec"]["secrets"] == ["alertmanager"]
    in_clear = ("routing_key", "credentials", "service_key", "password", "url")
    for receiver in CONFIG["receivers"]:
        for key, settings in receiver.items():
            if key.endswith("_configs"):
                assert not set(in_clear) & set(settings[0])


def test_the_watchdog_is_heard_within_minutes():
    (route,) = [each for each in CONFIG["route"]["routes"] if each["receiver"] == "heartbeat"]
    assert route["repeat_interval"] == "1m"
    assert route["group_wait"] == "0s"


def test_what_is_inhibited_is_an_alert_of_ours():
    for rule in CONFIG["inhibit_rules"]:
        for matcher in (*rule["source_matchers"], *rule["target_matchers"]):
            names = re.fullmatch(r'alertname =~? "?([^"]+)"?', matcher)
            assert names
            for name in names[1].split("|"):
                assert any(re.fullmatch(name, alert) for alert in ALERTS), name
