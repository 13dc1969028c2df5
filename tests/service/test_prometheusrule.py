"""prometheusrule.yaml: what a service promises, as series that alerts and dashboards join."""

from typing import Any

from tests.service.chart import Object, render, service


def promises(service_class: str = "api", **own: Any) -> dict[str, Object]:
    (group,) = render(service(service_class, **own)).one("PrometheusRule")["spec"]["groups"]
    return {rule["labels"]["slo"]: rule for rule in group["rules"]}


def test_every_service_of_requests_promises_something():
    for service_class in ("api", "frontend", "ai"):
        found = promises(service_class)
        assert found["availability"]["expr"] == "vector(0.995)"
        assert found["latency"]["expr"] == "vector(0.95)"
        for rule in found.values():
            assert rule["record"] == "service:slo_objective:ratio"
            assert rule["labels"]["service"] == "orders"
            assert rule["labels"]["class"] == service_class
            assert rule["labels"]["team"] == "payments"


def test_a_service_may_promise_more():
    found = promises(slo={"availability": 99.9})
    assert found["availability"]["expr"] == "vector(0.999)"
    assert found["latency"]["expr"] == "vector(0.95)"


def test_who_serves_no_requests_promises_nothing_of_them():
    assert render(service("worker")).all("PrometheusRule") == []
    assert render(service(metrics={"scrape": False})).all("PrometheusRule") == []
