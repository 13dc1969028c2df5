"""networkpolicy.yaml: who may call whom follows from what both sides declare."""

from typing import Any

import pytest

from tests.service.chart import Object, Values, render, service
from tests.service.matrix import EXPOSURES

PROMETHEUS = {
    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}},
    "podSelector": {"matchLabels": {"app.kubernetes.io/name": "prometheus"}},
}
ANYWHERE = {
    "cidr": "0.0.0.0/0",
    "except": ["10.10.0.0/16", "172.20.0.0/16", "169.254.0.0/16"],
}


def policy(values: Values) -> Object:
    return render(values).one("NetworkPolicy")["spec"]


def pods(namespace: str, name: str) -> Object:
    return {
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
        "podSelector": {"matchLabels": {"app": name}},
    }


def test_whoever_is_not_named_is_refused_both_ways():
    found = policy(service(metrics={"scrape": False}))
    assert found["policyTypes"] == ["Ingress", "Egress"]
    assert not {"ingress", "egress"} & found.keys()


def test_callers_reach_every_port_of_the_service_and_no_other():
    ports = [{"name": "http", "containerPort": 8080}, {"name": "admin", "containerPort": 9090}]
    callers = ["api-gateway", "frontend-services/web-frontend"]
    (rule, _) = policy(service(ports=ports, callers=callers))["ingress"]
    assert rule["from"] == [
        pods("api-services", "api-gateway"),
        pods("frontend-services", "web-frontend"),
    ]
    assert [port["port"] for port in rule["ports"]] == [8080, 9090]


def test_a_service_may_call_six_others():
    calls = [*(f"part-{number}" for number in range(5)), "ai-services/recommendations"]
    (rule,) = policy(service(calls=calls))["egress"]
    assert len(rule["to"]) == 6
    assert pods("api-services", "part-0") in rule["to"]
    assert pods("ai-services", "recommendations") in rule["to"]


def test_a_call_is_open_only_where_both_sides_declare_it():
    cart: dict[str, Any] = {"name": "cart"}
    declared, silent = service(**cart, calls=["orders"]), service(**cart)
    asked = policy(service(callers=["cart"], metrics={"scrape": False}))["ingress"]
    own = pods("api-services", "orders")
    assert [rule["to"] for rule in policy(declared)["egress"]] == [[own]]
    assert "egress" not in policy(silent)
    assert [rule["from"] for rule in asked] == [[pods("api-services", "cart")]]


@pytest.mark.parametrize(
    ("exposure", "block"),
    [("path", "10.10.192.0/19"), ("nodePort", "10.10.0.0/16"), ("loadBalancer", "10.10.0.0/16")],
)
def test_load_balancers_and_nodes_reach_what_is_exposed(exposure: str, block: str):
    ports = [{"name": "http", "containerPort": 8080}, {"name": "admin", "containerPort": 9090}]
    (rule, _) = policy(service(ports=ports, exposure=EXPOSURES[exposure]))["ingress"]
    assert rule["from"] == [{"ipBlock": {"cidr": block}}]
    assert [port["port"] for port in rule["ports"]] == [8080]


def test_the_alb_reaches_the_port_that_it_asks_for_health_too():
    ports = [
        {"name": "http", "containerPort": 8080},
        {"name": "admin", "containerPort": 9090},
        {"name": "debug", "containerPort": 9999},
    ]
    values = service(ports=ports, exposure=EXPOSURES["path"], health={"port": "admin"})
    (rule, _) = policy(values)["ingress"]
    assert [port["port"] for port in rule["ports"]] == [8080, 9090]


def test_clients_of_a_load_balancer_come_by_their_own_addresses():
    balancer = {"internal": False, "sourceRanges": ["203.0.113.0/24"]}
    exposure = {"kind": "loadBalancer", "loadBalancer": balancer}
    (rule, _) = policy(service(exposure=exposure))["ingress"]
    assert rule["from"] == [
        {"ipBlock": {"cidr": "10.10.192.0/19"}},
        {"ipBlock": {"cidr": "203.0.113.0/24"}},
    ]


def test_prometheus_reaches_the_port_it_scrapes():
    ports = [{"name": "http", "containerPort": 8080}, {"name": "admin", "containerPort": 9090}]
    (rule,) = policy(service(ports=ports, metrics={"port": "admin"}))["ingress"]
    assert rule["from"] == [PROMETHEUS]
    assert [port["port"] for port in rule["ports"]] == [9090]


def test_what_stands_outside_is_reached_only_as_declared():
    external = [{"name": "warehouse", "cidr": "203.0.113.7/32", "ports": [443, 8443]}]
    (rule,) = policy(service(external=external))["egress"]
    assert rule["to"] == [{"ipBlock": {"cidr": "203.0.113.7/32"}}]
    assert [port["port"] for port in rule["ports"]] == [443, 8443]


def test_the_internet_is_not_the_platforms_own_networks():
    external = [{"name": "stripe", "cidr": "0.0.0.0/0", "ports": [443]}]
    (rule,) = policy(service(external=external))["egress"]
    assert rule["to"] == [{"ipBlock": ANYWHERE}]


def test_a_worker_reaches_its_queue_and_is_reached_by_nobody():
    found = policy(service("worker"))
    assert "ingress" not in found
    (rule,) = found["egress"]
    assert rule["to"] == [{"ipBlock": ANYWHERE}]
    assert [port["port"] for port in rule["ports"]] == [443]
