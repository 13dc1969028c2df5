"""Argo CD is down: what runs goes on and needs nothing of it; someone is told by what it is not."""

import re
from pathlib import Path

import pytest

from tests.monitoring.rules import ALERTS, PROJECT, checks
from tests.service.matrix import FITTING, Case

PROD = [case for case in FITTING if case.environment == "prod"]


@pytest.mark.parametrize("case", PROD, ids=str)
def test_nothing_that_runs_waits_for_argo_cd(case: Case):
    """No owner whose end would be theirs, no finalizer that it alone takes off, no call to it."""
    for each in case.objects:
        assert not each["metadata"].keys() & {"ownerReferences", "finalizers"}
    assert "argocd-server" not in str(list(case.objects))


def test_prometheus_tells_of_it_which_argo_cd_did_not_start():
    """It asks whether the controller was seen, so silence counts as down."""
    rule = ALERTS["ArgoCdDown"]
    assert rule["expr"].startswith("absent(up{")
    assert any("fires" in claim for claim in checks("ArgoCdDown"))


def test_the_outside_tells_where_prometheus_is_down_too():
    """The watchdog is always there; who receives it, outside the cluster, tells of its absence."""
    assert re.sub(r"\s", "", ALERTS["Watchdog"]["expr"]) == "vector(1)"
    page = Path(PROJECT, "docs", "runbooks", "alerts", "Watchdog.md").read_text()
    assert "outside" in page
