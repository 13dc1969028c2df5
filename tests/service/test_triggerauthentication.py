"""triggerauthentication.yaml"""

from tests.service.chart import render, service


def test_keda_counts_messages_by_its_own_role():
    objects = render(service("worker"))
    (trigger,) = objects.one("ScaledObject")["spec"]["triggers"]
    authentication = objects.one("TriggerAuthentication")
    assert trigger["authenticationRef"]["name"] == authentication["metadata"]["name"]
    assert authentication["spec"] == {"podIdentity": {"provider": "aws"}}


def test_prometheus_needs_none():
    queue = {"kind": "prometheus", "query": "sum(jobs_waiting)"}
    assert render(service("worker", queue=queue)).all("TriggerAuthentication") == []
