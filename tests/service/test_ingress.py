"""ingress.yaml"""

from typing import Any

import pytest

from tests.service.chart import Object, render, service

ALB = "alb.ingress.kubernetes.io"


def ingress(service_class: str = "api", path: str = "/orders", **own: Any) -> Object:
    exposure = {"kind": "path", "path": path}
    return render(service(service_class, exposure=exposure, **own)).one("Ingress")


def test_nothing_is_exposed_that_does_not_ask():
    assert render(service()).all("Ingress") == []


@pytest.mark.parametrize(
    ("service_class", "ingress_class", "host"),
    [
        ("api", "api", "api.tribe.example.com"),
        ("ai", "api", "api.tribe.example.com"),
        ("frontend", "web", "tribe.example.com"),
    ],
)
def test_each_class_stands_at_its_host(service_class: str, ingress_class: str, host: str):
    found = ingress(service_class)
    assert found["spec"]["ingressClassName"] == ingress_class
    assert [rule["host"] for rule in found["spec"]["rules"]] == [host]


@pytest.mark.parametrize(("service_class", "path"), [("api", "/health"), ("frontend", "/")])
def test_the_alb_asks_what_the_readiness_probe_asks(service_class: str, path: str):
    assert ingress(service_class)["metadata"]["annotations"][f"{ALB}/healthcheck-path"] == path


def test_the_alb_asks_a_path_of_readiness_alone():
    found = ingress(health={"path": "/live", "readyPath": "/ready"})
    assert found["metadata"]["annotations"][f"{ALB}/healthcheck-path"] == "/ready"


def test_the_alb_asks_the_port_that_the_probe_asks():
    ports = [{"name": "http", "containerPort": 8080}, {"name": "admin", "containerPort": 9090}]
    found = ingress(ports=ports, health={"port": "admin"})
    assert found["metadata"]["annotations"][f"{ALB}/healthcheck-port"] == "9090"
    assert f"{ALB}/healthcheck-port" not in ingress(ports=ports)["metadata"]["annotations"]


def test_the_longer_path_of_two_services_is_tried_first():
    orders = [
        int(ingress(path=path)["metadata"]["annotations"][f"{ALB}/group.order"])
        for path in ("/orders/archive", "/orders", "/")
    ]
    assert orders == sorted(orders)
    assert len(set(orders)) == 3


def test_the_longest_path_is_within_what_the_controller_takes():
    found = ingress(path="/" + "x" * 99)
    assert -1000 <= int(found["metadata"]["annotations"][f"{ALB}/group.order"]) <= 1000


def test_requests_go_to_the_services_port():
    ports = [{"name": "http", "containerPort": 8080, "port": 8000}]
    (path,) = ingress(ports=ports)["spec"]["rules"][0]["http"]["paths"]
    assert path["backend"]["service"] == {"name": "orders", "port": {"number": 8000}}


def test_weights_are_written_by_argo_rollouts_alone():
    """Were they in git too, each sync would send requests back to where they came from."""
    for strategy in ("blueGreen", "canary"):
        found = ingress(strategy=strategy)
        (path,) = found["spec"]["rules"][0]["http"]["paths"]
        assert path["backend"]["service"] == {"name": "orders", "port": {"name": "use-annotation"}}
        assert not any("/actions." in key for key in found["metadata"]["annotations"])


def test_grpc_is_spoken_and_asked_as_grpc():
    ports = [{"name": "grpc", "containerPort": 9000, "appProtocol": "grpc"}]
    annotations = ingress(ports=ports)["metadata"]["annotations"]
    assert annotations[f"{ALB}/backend-protocol-version"] == "GRPC"
    assert annotations[f"{ALB}/healthcheck-path"] == "/grpc.health.v1.Health/Check"
    assert annotations[f"{ALB}/success-codes"] == "0"


def test_what_the_hosts_services_share_is_left_to_the_class():
    shared = {"scheme", "group.name", "certificate-arn", "wafv2-acl-arn", "listen-ports"}
    for strategy in ("rolling", "blueGreen", "canary"):
        annotations = ingress(strategy=strategy)["metadata"]["annotations"]
        assert not {key.removeprefix(f"{ALB}/") for key in annotations} & shared
