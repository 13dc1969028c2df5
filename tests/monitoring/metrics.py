"""Which metrics an expression reads, and which there are."""

import re
from collections.abc import Iterator
from typing import Any

import promql_parser

from tests.monitoring.rules import PROJECT, RECORDS

CONTRACT = PROJECT / "docs" / "metrics.md"

# What the exporters of the platform are known to say, of each only what is used here.
EXPORTERS = {
    "every target": {"up", "process_start_time_seconds"},
    "prometheus": {
        "ALERTS",
        "prometheus_config_last_reload_successful",
        "prometheus_notifications_alertmanagers_discovered",
        "prometheus_rule_evaluation_failures_total",
    },
    "prometheus-operator": {"prometheus_operator_rejected_resources"},
    "alertmanager": {
        "alertmanager_notifications_failed_total",
        "alertmanager_notifications_total",
    },
    "kube-state-metrics": {
        "kube_node_info",
        "kube_node_labels",
        "kube_node_spec_unschedulable",
        "kube_node_status_condition",
        "kube_pod_container_info",
        "kube_pod_container_resource_limits",
        "kube_pod_container_resource_requests",
        "kube_pod_container_status_restarts_total",
        "kube_pod_labels",
        "kube_pod_status_phase",
        "kube_pod_status_unschedulable",
        "kube_poddisruptionbudget_labels",
        "kube_poddisruptionbudget_status_current_healthy",
        "kube_poddisruptionbudget_status_expected_pods",
        "kube_resourcequota",
    },
    "kubelet": {
        "container_cpu_usage_seconds_total",
        "container_memory_working_set_bytes",
        "kubelet_volume_stats_available_bytes",
        "kubelet_volume_stats_capacity_bytes",
    },
    "node-exporter": {
        "node_cpu_seconds_total",
        "node_filesystem_avail_bytes",
        "node_filesystem_size_bytes",
        "node_memory_MemAvailable_bytes",
        "node_memory_MemTotal_bytes",
    },
    "cluster-autoscaler": {
        "cluster_autoscaler_node_group_max_count",
        "cluster_autoscaler_node_group_target_count",
    },
    "argocd": {"argocd_app_info", "argocd_app_sync_total"},
    "argo-rollouts": {"rollout_info"},
    "external-secrets": {"externalsecret_status_condition"},
    "loki": {
        "loki_compactor_apply_retention_last_successful_run_timestamp_seconds",
        "loki_discarded_samples_total",
        "loki_request_duration_seconds_count",
    },
    "alloy": {"loki_write_dropped_entries_total"},
    "blackbox": {"probe_ssl_earliest_cert_expiry", "probe_success"},
    # charts/service
    "services": {"service:slo_objective:ratio"},
}


def contract() -> set[str]:
    """The names that the contract's page promises; of a histogram, each of its series."""
    names: set[str] = set()
    for name, kind in re.findall(r"^\| `(\w+)` \| (\w+) \|", CONTRACT.read_text(), re.MULTILINE):
        names |= (
            {f"{name}_{part}" for part in ("bucket", "count", "sum")}
            if (kind == "histogram")
            else {name}
        )
    return names


def known() -> set[str]:
    exported = {name for names in EXPORTERS.values() for name in names}
    return exported | contract() | {rule["record"] for rule in RECORDS}


def read_by(expression: str) -> set[str]:
    """The metrics that a PromQL expression reads. Raises: ValueError, where it does not parse."""
    return set(_names(promql_parser.parse(expression)))


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, promql_parser.VectorSelector):
        yield node.name or ""
    elif isinstance(node, promql_parser.MatrixSelector):
        yield from _names(node.vector_selector)
    elif isinstance(node, promql_parser.BinaryExpr):
        yield from _names(node.lhs)
        yield from _names(node.rhs)
    elif isinstance(node, promql_parser.Call):
        for argument in node.args:
            yield from _names(argument)
    elif hasattr(node, "expr"):
        yield from _names(node.expr)
