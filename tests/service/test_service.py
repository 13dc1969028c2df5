"""service.yaml"""

from typing import Any

from tests.service.chart import Object, render, service
from tests.service.matrix import EXPOSURES

BALANCER = "service.beta.kubernetes.io/aws-load-balancer"


def own_service(**own: Any) -> Object:
    return render(service(**own)).one("Service", "orders")


def balancer(**own: Any) -> Object:
    return own_service(exposure={"kind": "loadBalancer", "loadBalancer": own})


def test_a_service_is_reached_inside_the_cluster_unless_it_says_otherwise():
    assert own_service()["spec"]["type"] == "ClusterIP"


def test_a_worker_has_no_service():
    assert render(service("worker")).all("Service") == []


def test_callers_use_port_80_and_the_container_its_own():
    (port,) = own_service()["spec"]["ports"]
    assert (port["port"], port["targetPort"]) == (80, "http")


def test_a_services_port_need_not_be_the_containers():
    ports = [{"name": "http", "containerPort": 8080, "port": 9000}]
    (port,) = own_service(ports=ports)["spec"]["ports"]
    assert (port["port"], port["targetPort"]) == (9000, "http")


def test_further_ports_keep_the_containers_number():
    ports = [
        {"name": "http", "containerPort": 8080},
        {"name": "grpc", "containerPort": 9000, "appProtocol": "grpc"},
        {"name": "wire", "containerPort": 5432, "appProtocol": "tcp"},
    ]
    found = own_service(ports=ports)["spec"]["ports"]
    assert [(each["name"], each["port"], each.get("appProtocol")) for each in found] == [
        ("http", 80, "http"),
        ("grpc", 9000, "kubernetes.io/h2c"),
        ("wire", 5432, None),
    ]


def test_a_node_port_is_the_one_given():
    spec = own_service(exposure=EXPOSURES["nodePort"])["spec"]
    assert spec["type"] == "NodePort"
    assert [port["nodePort"] for port in spec["ports"]] == [30080]


def test_a_load_balancer_of_its_own_is_internal_with_tls_straight_to_the_pods():
    found = balancer()
    annotations = found["metadata"]["annotations"]
    assert found["spec"]["type"] == "LoadBalancer"
    assert found["spec"]["loadBalancerClass"] == "service.k8s.aws/nlb"
    assert annotations[f"{BALANCER}-scheme"] == "internal"
    assert annotations[f"{BALANCER}-nlb-target-type"] == "ip"
    assert annotations[f"{BALANCER}-ssl-cert"].startswith("arn:aws:acm:")
    assert annotations[f"{BALANCER}-ssl-ports"] == "http"
    assert [port["port"] for port in found["spec"]["ports"]] == [443]


def test_a_load_balancer_without_tls_listens_on_the_services_port():
    found = balancer(tls=False)
    assert f"{BALANCER}-ssl-cert" not in found["metadata"]["annotations"]
    assert [port["port"] for port in found["spec"]["ports"]] == [80]


def test_a_public_load_balancer_is_reached_from_the_named_ranges_by_their_own_addresses():
    found = balancer(internal=False, sourceRanges=["203.0.113.0/24"])
    annotations = found["metadata"]["annotations"]
    assert annotations[f"{BALANCER}-scheme"] == "internet-facing"
    assert found["spec"]["loadBalancerSourceRanges"] == ["203.0.113.0/24"]
    attributes = annotations[f"{BALANCER}-target-group-attributes"].split(",")
    assert "preserve_client_ip.enabled=true" in attributes


def test_a_load_balancers_name_is_in_the_platforms_domain():
    name = balancer()["metadata"]["annotations"]["external-dns.alpha.kubernetes.io/hostname"]
    assert name == "orders.tribe.example.com"


def test_only_the_service_of_the_services_own_name_is_exposed():
    values = service(strategy="blueGreen", exposure=EXPOSURES["path"])
    names = [each["metadata"]["name"] for each in render(values).all("Service")]
    assert names == ["orders", "orders-preview", "orders-ping", "orders-pong"]
