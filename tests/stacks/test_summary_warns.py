"""The summary of a synthesis warns in time of a Kubernetes that goes out of support."""

import datetime
from pathlib import Path

from stacks.settings.kubernetes import SUPPORTED
from stacks.summary import summary

SCOPES = ["account", "dev", "staging", "prod"]


def warnings(synthesis: Path, today: datetime.date) -> list[str]:
    lines = summary(synthesis, scopes=SCOPES, today=today).splitlines()
    return [line for line in lines if line.startswith("warning: ")]


def test_each_cluster_is_named_with_what_is_to_come(synthesis: Path) -> None:
    late = datetime.date(2100, 1, 1)
    assert sorted(warnings(synthesis, late)) == [
        f"warning: tribe-{name}: {SUPPORTED['1.36'].warning(late)}"
        for name in ("dev", "prod", "staging")
    ]


def test_while_there_is_time_nothing_is_said(synthesis: Path) -> None:
    assert warnings(synthesis, datetime.date(2026, 11, 1)) == []
