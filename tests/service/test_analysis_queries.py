"""The queries of a canary's analysis against series: what Prometheus itself answers."""

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.service.chart import render, service
from tests.service.matrix import EXPOSURES

REQUESTS = "http_server_request_duration_seconds"
MINUTES = 20
SECONDS = 60

OLD = "5f6d7c8b9"
NEW = "6c9f8b7d5"


def of(name: str, labels: dict[str, str]) -> str:
    """A series as PromQL writes it."""
    pairs = ", ".join(f'{key}="{value}"' for key, value in labels.items())
    return f"{name}{{{pairs}}}"


def series(version: str, *, ok: int, failed: int = 0, quick: int, pod: str = "a") -> list[dict]:
    """A pod's counters; ok, failed, quick (within 0.5 s): requests in a minute."""
    labels = {
        "namespace": "api-services",
        "service": "orders",
        "pod": pod,
        "rollouts_pod_template_hash": version,
    }
    rates = [(f"{REQUESTS}_count", {"http_response_status_code": "200"}, ok)]
    if failed:
        rates.append((f"{REQUESTS}_count", {"http_response_status_code": "503"}, failed))
    for bound, rate in (("0.5", quick), ("1", ok + failed), ("+Inf", ok + failed)):
        rates.append((f"{REQUESTS}_bucket", {"le": bound}, rate))
    return [
        {"series": of(name, labels | more), "values": f"0+{rate}x{MINUTES}"}
        for name, more, rate in rates
    ]


FAILING_OLD = series(OLD, ok=100, failed=900, quick=0, pod="old")
CASES = {
    "no request failed, so there is no series of failures": (
        series(NEW, ok=40, quick=40),
        {"error-ratio": "0", "latency-p95": "0.475"},
    ),
    "one in ten failed": (
        series(NEW, ok=36, failed=4, quick=40),
        {"error-ratio": "0.1", "latency-p95": "0.475"},
    ),
    "half of them are slow": (
        series(NEW, ok=40, quick=20),
        {"error-ratio": "0", "latency-p95": "0.95"},
    ),
    "50 requests in five minutes say nothing": (series(NEW, ok=10, quick=10), {}),
    "no request at all says nothing": ([], {}),
    "two pods have 100 requests together": (
        series(NEW, ok=10, quick=10) + series(NEW, ok=10, quick=10, pod="b"),
        {"error-ratio": "0", "latency-p95": "0.475"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_new_pods_alone_are_measured(case: str, promtool: Path, tmp_path: Path):
    counters, expected = CASES[case]
    queries = _queries()
    assert queries.keys() == {"error-ratio", "latency-p95"}
    unit = {
        "interval": "1m",
        "input_series": counters + FAILING_OLD,
        "promql_expr_test": [
            {
                "expr": f"round({query}, 0.0001)",
                "eval_time": "15m",
                "exp_samples": [{"labels": "{}", "value": float(expected[name])}]
                if name in expected
                else [],
            }
            for name, query in queries.items()
        ],
    }
    (tmp_path / "unit.yaml").write_text(yaml.safe_dump({"rule_files": [], "tests": [unit]}))
    ran = subprocess.run(
        [str(promtool), "test", "rules", str(tmp_path / "unit.yaml")],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _queries() -> dict[str, str]:
    values = service(strategy="canary", exposure=EXPOSURES["path"])
    return {
        metric["name"]: metric["provider"]["prometheus"]["query"].replace(
            "{{args.pod-template-hash}}", NEW
        )
        for metric in render(values).one("AnalysisTemplate")["spec"]["metrics"]
    }
