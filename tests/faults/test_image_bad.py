"""An image that does not start: the old version goes on serving, the new one is given up by itself,
and someone is told.
"""

import pytest

from tests.monitoring.rules import ALERTS, checks
from tests.service.matrix import FITTING, Case

PROD = [case for case in FITTING if case.environment == "prod"]
# When a new version that is not ready counts as failed, above what a slow start takes.
DEADLINE_SECONDS = 600


@pytest.mark.parametrize("case", PROD, ids=str)
def test_no_pod_goes_before_a_new_one_is_ready(case: Case):
    strategy = case.objects.workload["spec"]["strategy"]
    kind = strategy.get("rollingUpdate") or strategy.get("canary")
    if kind is None:
        # Two whole sets of pods; requests go to the new one when a person says so.
        assert strategy["blueGreen"]["autoPromotionEnabled"] is False
    else:
        assert kind["maxUnavailable"] == 0
    container = case.objects.pod["spec"]["containers"][0]
    assert "readinessProbe" in container


@pytest.mark.parametrize("case", PROD, ids=str)
def test_a_version_that_is_not_ready_in_time_is_given_up(case: Case):
    workload = case.objects.workload
    assert DEADLINE_SECONDS <= workload["spec"]["progressDeadlineSeconds"] <= 2 * DEADLINE_SECONDS
    if workload["kind"] == "Rollout":
        assert workload["spec"]["progressDeadlineAbort"] is True


@pytest.mark.parametrize("alert", ["RolloutAborted", "ApplicationDegraded"])
def test_someone_is_told_of_it(alert: str):
    """A Rollout says that it aborted; a Deployment past its deadline is degraded to Argo CD."""
    assert ALERTS[alert]["labels"]["severity"] == "warning"
    assert any("fires" in claim for claim in checks(alert))
