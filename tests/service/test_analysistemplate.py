"""analysistemplate.yaml: when a canary goes on, is aborted, or waits for a person."""

import re
from typing import Any

import promql_parser
import pytest

from tests.service.chart import Object, render, service
from tests.service.matrix import EXPOSURES

HASH = "{{args.pod-template-hash}}"


def analysis(service_class: str = "api", **own: Any) -> dict[str, Object]:
    values = service(service_class, strategy="canary", exposure=EXPOSURES["path"], **own)
    spec = render(values).one("AnalysisTemplate")["spec"]
    assert spec["args"] == [{"name": "pod-template-hash"}]
    return {metric["name"]: metric for metric in spec["metrics"]}


def query(metric: Object) -> str:
    return metric["provider"]["prometheus"]["query"]


def phase(metric: Object, result: list[float]) -> str:
    """What Argo Rollouts makes of a result: its conditions are expressions over it."""
    said = {}
    for condition in ("successCondition", "failureCondition"):
        expression = metric[condition].replace("&&", "and")
        said[condition] = eval(expression, {"len": len, "__builtins__": {}}, {"result": result})
    assert not all(said.values())
    if said["failureCondition"]:
        return "Failed"
    return "Successful" if said["successCondition"] else "Inconclusive"


@pytest.mark.parametrize(
    ("name", "result", "expected"),
    [
        ("error-ratio", [0.0], "Successful"),
        ("error-ratio", [0.05], "Successful"),
        ("error-ratio", [0.051], "Failed"),
        ("error-ratio", [], "Inconclusive"),
        ("error-ratio", [float("nan")], "Inconclusive"),
        ("latency-p95", [0.5], "Successful"),
        ("latency-p95", [0.6], "Failed"),
        ("latency-p95", [], "Inconclusive"),
    ],
)
def test_too_many_errors_or_too_slow_fails_and_too_few_requests_say_nothing(
    name: str, result: list[float], expected: str
):
    assert phase(analysis()[name], result) == expected


def test_one_failure_aborts_and_success_needs_one_measurement_with_requests():
    for metric in analysis().values():
        assert metric["failureLimit"] == 0
        assert metric["inconclusiveLimit"] == metric["count"] - 1


def test_ai_services_may_take_five_seconds():
    assert phase(analysis("ai")["latency-p95"], [4.9]) == "Successful"
    assert phase(analysis("ai")["latency-p95"], [5.1]) == "Failed"


def test_only_the_new_pods_requests_are_counted():
    for metric in analysis().values():
        selectors = re.findall(r"\{namespace=[^}]*\}\}[^}]*\}", query(metric))
        assert len(selectors) == len(re.findall(r"http_server_request_duration", query(metric)))
        for selector in selectors:
            assert 'namespace="api-services", service="orders"' in selector
            assert f'rollouts_pod_template_hash="{HASH}"' in selector


def test_every_query_is_promql():
    for metric in analysis().values():
        assert promql_parser.parse(query(metric).replace(HASH, "6c9f8b7d5"))


def test_a_service_may_be_stricter():
    own = {"minutes": 10, "minimumRequests": 1000, "errorPercent": 0.5, "p95Milliseconds": 120}
    metrics = analysis(analysis=own)
    assert phase(metrics["error-ratio"], [0.006]) == "Failed"
    assert phase(metrics["latency-p95"], [0.121]) == "Failed"
    for metric in metrics.values():
        assert metric["count"] == 10
        assert "[10m]" in query(metric)
        assert query(metric).rstrip().endswith(">= 1000")


def test_nothing_but_a_canary_is_analysed():
    for strategy in ("rolling", "blueGreen"):
        values = service(strategy=strategy, exposure=EXPOSURES["path"])
        assert render(values).all("AnalysisTemplate") == []
