"""poddisruptionbudget.yaml"""

from typing import Any

from tests.service.chart import Object, render, service


def budget(service_class: str = "api", **own: Any) -> Object:
    return render(service(service_class, **own)).one("PodDisruptionBudget")["spec"]


def test_of_several_replicas_one_stays():
    found = budget()
    assert found["minAvailable"] == 1
    assert "maxUnavailable" not in found


def test_where_there_is_one_replica_a_drain_may_take_it():
    for found in (budget("ai"), budget("worker"), budget(replicas={"min": 1})):
        assert found["maxUnavailable"] == 1
        assert "minAvailable" not in found


def test_a_service_may_keep_more():
    found = budget(replicas={"min": 4}, disruption={"minAvailable": 3})
    assert found["minAvailable"] == 3
