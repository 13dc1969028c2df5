"""rollout.yaml: blue-green inside the cluster, ping-pong at the ALB."""

from typing import Any

from tests.service.chart import Object, render, service
from tests.service.matrix import EXPOSURES

ANALYSIS = {
    "analysis": {
        "templates": [{"templateName": "orders"}],
        "args": [
            {"name": "pod-template-hash", "valueFrom": {"podTemplateHashValue": "Latest"}},
        ],
    }
}


def rollout(strategy: str, exposure: str = "path", **own: Any) -> Object:
    values = service(strategy=strategy, exposure=EXPOSURES[exposure], **own)
    return render(values).one("Rollout")["spec"]


def test_blue_green_inside_the_cluster_switches_a_service_when_a_person_promotes():
    assert rollout("blueGreen", "internal")["strategy"] == {
        "blueGreen": {
            "activeService": "orders",
            "previewService": "orders-preview",
            "autoPromotionEnabled": False,
            "scaleDownDelaySeconds": 600,
        }
    }


def test_blue_green_at_the_alb_waits_at_full_scale_for_a_person_and_then_moves_all_requests():
    canary = rollout("blueGreen")["strategy"]["canary"]
    assert canary["steps"] == [
        {"setCanaryScale": {"weight": 100}},
        {"pause": {}},
        {"setWeight": 100},
    ]
    assert canary["scaleDownDelaySeconds"] == 600


def test_canary_is_judged_after_each_weight_from_5_to_100():
    steps = rollout("canary")["strategy"]["canary"]["steps"]
    weights = [{"setWeight": weight} for weight in (5, 25, 50, 100)]
    assert steps == [step for weight in weights for step in (weight, ANALYSIS)]


def test_a_service_may_choose_its_weights():
    steps = rollout("canary", canary={"weights": [10, 100]})["strategy"]["canary"]["steps"]
    assert [step["setWeight"] for step in steps if "setWeight" in step] == [10, 100]


def test_two_target_groups_change_roles_and_callers_in_the_cluster_keep_the_stable_version():
    for strategy in ("blueGreen", "canary"):
        canary = rollout(strategy)["strategy"]["canary"]
        assert canary["pingPong"] == {"pingService": "orders-ping", "pongService": "orders-pong"}
        assert canary["stableService"] == "orders"
        assert canary["canaryService"] == "orders-preview"


def test_the_alb_is_told_by_the_ingress_and_its_port_is_the_services():
    ports = [{"name": "http", "containerPort": 8080, "port": 8000}]
    canary = rollout("canary", ports=ports)["strategy"]["canary"]
    alb = {"ingress": "orders", "rootService": "orders", "servicePort": 8000}
    assert canary["trafficRouting"] == {"alb": alb}


def test_no_pod_is_taken_before_another_stands():
    assert rollout("canary")["strategy"]["canary"]["maxUnavailable"] == 0


def test_a_version_that_does_not_become_ready_is_aborted_by_itself():
    for strategy, exposure in (("canary", "path"), ("blueGreen", "internal")):
        spec = rollout(strategy, exposure)
        assert spec["progressDeadlineAbort"] is True
        assert spec["progressDeadlineSeconds"] == 600


def test_going_back_to_a_recent_version_skips_the_steps():
    spec = rollout("canary")
    assert spec["rollbackWindow"] == {"revisions": 3}
    assert spec["revisionHistoryLimit"] > spec["rollbackWindow"]["revisions"]
