"""horizontalpodautoscaler.yaml"""

from typing import Any

from tests.service.chart import Object, render, service


def autoscaler(**own: Any) -> Object:
    return render(service(**own)).one("HorizontalPodAutoscaler")["spec"]


def test_a_service_may_choose_its_replicas():
    spec = autoscaler(replicas={"min": 3, "max": 20})
    assert (spec["minReplicas"], spec["maxReplicas"]) == (3, 20)


def test_what_a_service_leaves_out_is_its_classs():
    spec = autoscaler(replicas={"min": 3})
    assert (spec["minReplicas"], spec["maxReplicas"]) == (3, 10)


def test_a_service_may_choose_when_to_scale():
    (metric,) = autoscaler(scaling={"cpu": 50})["metrics"]
    assert metric["resource"]["target"]["averageUtilization"] == 50


def test_kedas_autoscaler_is_the_only_one_of_a_worker():
    assert render(service("worker")).all("HorizontalPodAutoscaler") == []
