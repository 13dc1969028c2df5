"""From one strategy to another: side by side first, with the new target groups warm, then alone."""

import pytest

from review.schemas import validate
from tests.service.chart import KUBERNETES_VERSION, Objects, render, service
from tests.service.matrix import EXPOSURES

SWITCHES = [
    ("rolling", "canary", "path"),
    ("rolling", "blueGreen", "path"),
    ("rolling", "blueGreen", "internal"),
    ("canary", "rolling", "path"),
    ("blueGreen", "rolling", "path"),
    ("blueGreen", "rolling", "internal"),
]


@pytest.fixture(params=SWITCHES, ids="-".join)
def switch(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    return request.param


def rendered(strategy: str, exposure: str, *, to: str = "") -> Objects:
    return render(service(strategy=strategy, switchingTo=to, exposure=EXPOSURES[exposure]))


def kind(strategy: str) -> str:
    return "Deployment" if strategy == "rolling" else "Rollout"


def paths(objects: Objects) -> dict[str, dict]:
    """Path → the Service behind it."""
    return {
        path["path"]: path["backend"]["service"]
        for ingress in objects.all("Ingress")
        for path in ingress["spec"]["rules"][0]["http"]["paths"]
    }


def test_both_workloads_stand_side_by_side(switch: tuple[str, str, str]):
    old, new, exposure = switch
    objects = rendered(old, exposure, to=new)
    assert {"Deployment", "Rollout"} <= objects.kinds()
    pods = [
        each["spec"]["template"]["spec"]
        for name in ("Deployment", "Rollout")
        for each in objects.all(name)
    ]
    containers = [pod["containers"] for pod in pods]
    assert containers[0] == containers[1]


def test_the_api_server_takes_what_stands_while_switching(switch: tuple[str, str, str]):
    old, new, exposure = switch
    for each in rendered(old, exposure, to=new):
        assert validate(each, kubernetes_version=KUBERNETES_VERSION) == []


def test_the_new_workload_is_scaled_and_is_born_with_the_least_replicas(
    switch: tuple[str, str, str],
):
    old, new, exposure = switch
    objects = rendered(old, exposure, to=new)
    scaled = objects.one("HorizontalPodAutoscaler")["spec"]
    assert scaled["scaleTargetRef"]["kind"] == kind(new)
    assert objects.one(kind(new))["spec"]["replicas"] == scaled["minReplicas"]
    assert "replicas" not in objects.one(kind(old))["spec"]


def test_callers_reach_both_since_no_rollout_owns_their_service(switch: tuple[str, str, str]):
    old, new, exposure = switch
    strategy = rendered(old, exposure, to=new).one("Rollout")["spec"]["strategy"]
    owned = strategy.get("blueGreen", {}).get("activeService"), strategy.get("canary", {})
    assert owned[0] in (None, "orders-preview")
    assert not {"stableService", "canaryService"} & owned[1].keys()


def test_the_old_way_of_requests_stays_open(switch: tuple[str, str, str]):
    old, new, exposure = switch
    if exposure == "path":
        before, during = paths(rendered(old, exposure)), paths(rendered(old, exposure, to=new))
        assert during["/orders"] == before["/orders"]


def test_the_load_balancer_knows_the_new_target_groups_before_they_take_over(
    switch: tuple[str, str, str],
):
    old, new, exposure = switch
    if exposure == "path":
        during = paths(rendered(old, exposure, to=new))
        warm = {service["name"] for path, service in during.items() if path != "/orders"}
        assert warm == ({"orders"} if new == "rolling" else {"orders-ping", "orders-pong"})


def test_afterwards_only_the_new_workload_is_left(switch: tuple[str, str, str]):
    _, new, exposure = switch
    objects = rendered(new, exposure)
    assert objects.kinds() & {"Deployment", "Rollout"} == {kind(new)}
    assert not any(path.startswith("/.switching") for path in paths(objects))
    assert "replicas" not in objects.workload["spec"]
