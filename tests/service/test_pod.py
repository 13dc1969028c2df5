"""_pod.tpl, _container.tpl, _probes.tpl, _volumes.tpl: services of many kinds."""

import pytest

from tests.service.chart import Objects, render, service


def test_an_image_without_a_digest_is_pulled_by_its_tag():
    container = render(service(image={"digest": ""})).container
    assert container["image"].endswith("/tribe/orders:1.4.0")


def test_plain_environment_values_go_with_the_version():
    assert render(service(env={"MODE": "fast", "ZERO": "0"})).env == {"MODE": "fast", "ZERO": "0"}


def test_settings_and_secrets_stand_beside_each_other():
    container = render(service(config={"MODE": "fast"}, secrets=["SIGNING_KEY_ID"])).container
    assert container["envFrom"] == [
        {"configMapRef": {"name": "orders"}},
        {"secretRef": {"name": "orders"}},
    ]


def test_an_image_from_someone_else_runs_under_its_own_user_with_its_own_command():
    objects = render(
        service(
            command=["/docker-entrypoint.sh"],
            args=["nginx", "-g", "daemon off;"],
            securityContext={"runAsUser": 101, "runAsGroup": 101},
            scratch={"/var/cache/nginx": "128Mi", "/var/run": "1Mi"},
            health={"path": "/"},
            metrics={"scrape": False},
        )
    )
    security = objects.pod["spec"]["securityContext"]
    assert (security["runAsUser"], security["runAsGroup"], security["fsGroup"]) == (101, 101, 101)
    assert objects.container["command"] == ["/docker-entrypoint.sh"]
    assert objects.container["args"] == ["nginx", "-g", "daemon off;"]
    assert objects.pod["metadata"]["annotations"]["prometheus.io/scrape"] == "false"
    assert _scratch(objects) == {"/tmp": "64Mi", "/var/cache/nginx": "128Mi", "/var/run": "1Mi"}


def test_an_image_may_come_from_a_source_that_the_platform_lets_in():
    image = {"repository": "quay.io/keycloak/keycloak", "tag": "26.0", "digest": ""}
    platform = {"images": {"alsoFrom": ["quay.io/keycloak/keycloak:"]}}
    container = render(service(image=image, platform=platform)).container
    assert container["image"] == "quay.io/keycloak/keycloak:26.0"


def test_a_large_uid_stays_a_whole_number():
    objects = render(service(securityContext={"runAsUser": 1000650000}))
    assert objects.pod["spec"]["securityContext"]["runAsUser"] == 1000650000


def test_a_container_may_write_to_nothing():
    objects = render(service(scratch={"/tmp": None}) | {"scratch": {"/tmp": None}})
    assert "volumes" not in objects.pod["spec"]
    assert "volumeMounts" not in objects.container


def test_a_worker_without_any_port_is_asked_by_a_command():
    container = render(service("worker")).container
    assert "ports" not in container
    assert container["livenessProbe"]["exec"] == {"command": ["/app/healthy"]}
    assert container["readinessProbe"]["exec"] == {"command": ["/app/healthy"]}


def test_a_worker_with_a_port_is_asked_and_scraped_there():
    ports = [{"name": "http", "containerPort": 9000}]
    objects = render(service("worker", ports=ports, health={"command": []}) | {"health": {}})
    assert objects.container["livenessProbe"]["httpGet"] == {"path": "/health", "port": "http"}
    assert objects.pod["metadata"]["annotations"]["prometheus.io/port"] == "9000"


@pytest.mark.parametrize(
    ("protocol", "expected"),
    [
        ("http", {"httpGet": {"path": "/health", "port": "main"}}),
        ("grpc", {"grpc": {"port": 7000}}),
        ("tcp", {"tcpSocket": {"port": "main"}}),
    ],
)
def test_a_port_is_asked_in_its_own_protocol(protocol: str, expected: dict):
    ports = [{"name": "main", "containerPort": 7000, "appProtocol": protocol}]
    container = render(service(ports=ports)).container
    for probe in ("livenessProbe", "readinessProbe"):
        assert container[probe].items() >= expected.items()


def test_life_and_readiness_may_be_asked_apart():
    container = render(service(health={"path": "/live", "readyPath": "/ready"})).container
    assert container["livenessProbe"]["httpGet"]["path"] == "/live"
    assert container["readinessProbe"]["httpGet"]["path"] == "/ready"


def test_another_port_may_be_asked():
    ports = [{"name": "http", "containerPort": 8080}, {"name": "admin", "containerPort": 9090}]
    container = render(service(ports=ports, health={"port": "admin"})).container
    assert container["livenessProbe"]["httpGet"]["port"] == "admin"


def test_a_model_that_loads_slowly_is_left_alone_until_it_has_started():
    container = render(service("ai", health={"startSeconds": 600})).container
    probe = container["startupProbe"]
    assert probe["failureThreshold"] * probe["periodSeconds"] == 600
    assert probe["httpGet"] == container["livenessProbe"]["httpGet"]


def test_whoever_starts_at_once_has_no_startup_probe():
    assert "startupProbe" not in render(service()).container


def test_a_worker_may_take_long_to_end():
    pod = render(service("worker", terminationGracePeriodSeconds=300)).pod
    assert pod["spec"]["terminationGracePeriodSeconds"] == 300


@pytest.mark.parametrize(
    ("service_class", "priority"),
    [("api", "service"), ("frontend", "service"), ("ai", "background"), ("worker", "background")],
)
def test_requests_of_people_come_first(service_class: str, priority: str):
    assert render(service(service_class)).pod["spec"]["priorityClassName"] == priority


def _scratch(objects: Objects) -> dict[str, str]:
    sizes = {
        volume["name"]: volume["emptyDir"]["sizeLimit"]
        for volume in objects.pod["spec"]["volumes"]
        if "emptyDir" in volume
    }
    return {
        mount["mountPath"]: sizes[mount["name"]]
        for mount in objects.container["volumeMounts"]
        if mount["name"] in sizes
    }
