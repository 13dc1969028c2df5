"""The rules and their unit tests, read from the template itself, where both stand side by side."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from delivery.scaffold import TEMPLATE

(PROJECT,) = TEMPLATE.glob("@{*}@")
FOLDER = PROJECT / "monitoring" / "rules"
TESTS = sorted(FOLDER.glob("*_test.yaml"))
RULES = sorted(set(FOLDER.glob("*.yaml")) - set(TESTS))


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text())


def all_rules() -> list[Mapping[str, Any]]:
    return [rule for file in RULES for group in read(file)["groups"] for rule in group["rules"]]


ALERTS: Mapping[str, Mapping[str, Any]] = {
    rule["alert"]: rule for rule in all_rules() if "alert" in rule
}
RECORDS = [rule for rule in all_rules() if "record" in rule]


def checks(alert: str) -> dict[str, list[Mapping[str, Any]]]:
    """What the unit tests say of the alert: claim → its checks, by time."""
    return {
        test["name"]: [each for each in test["alert_rule_test"] if each["alertname"] == alert]
        for file in TESTS
        for test in read(file)["tests"]
        if test["name"].startswith(f"{alert} ")
    }
