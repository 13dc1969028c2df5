"""scaledobject.yaml"""

from typing import Any

from tests.service.chart import Object, render, service

QUERY = 'sum(jobs_waiting{queue="thumbnails"})'


def trigger(**own: Any) -> Object:
    (found,) = render(service("worker", **own)).one("ScaledObject")["spec"]["triggers"]
    return found


def test_a_worker_is_scaled_on_its_own_queue_of_sqs():
    assert trigger() == {
        "type": "aws-sqs-queue",
        "authenticationRef": {"name": "orders"},
        "metadata": {
            "queueURL": "https://sqs.eu-central-1.amazonaws.com/222222222222/tribe-dev-orders",
            "queueLength": "100",
            "awsRegion": "eu-central-1",
        },
    }


def test_or_on_what_a_query_counts():
    assert trigger(queue={"kind": "prometheus", "query": QUERY}) == {
        "type": "prometheus",
        "metadata": {
            "serverAddress": "http://prometheus-operated.monitoring.svc.cluster.local:9090",
            "query": QUERY,
            "threshold": "100",
            "ignoreNullValues": "false",
        },
    }


def test_a_service_may_choose_the_depth():
    assert trigger(queue={"depth": 25})["metadata"]["queueLength"] == "25"


def test_the_container_is_told_its_queue():
    objects = render(service("worker"))
    (found,) = objects.one("ScaledObject")["spec"]["triggers"]
    assert objects.env == {"QUEUE_URL": found["metadata"]["queueURL"]}


def test_when_the_queue_cannot_be_measured_nothing_that_works_is_taken_away():
    spec = render(service("worker")).one("ScaledObject")["spec"]
    assert spec["fallback"]["behavior"] == "currentReplicasIfHigher"
    assert spec["fallback"]["replicas"] == spec["minReplicaCount"]


def test_only_workers_have_one():
    for service_class in ("api", "frontend", "ai"):
        assert render(service(service_class)).all("ScaledObject") == []
