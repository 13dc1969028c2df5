"""The charts' values: known to the charts, and what the platform requires is in them."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.charts.known import unknown
from tests.charts.test_values_known import VARIABLE
from tests.template.applications import ENVIRONMENTS

# Maps whose keys are an API's, or a chart's within the chart.
OPEN_MAPS = {
    "kube-prometheus-stack": (
        "grafana",  # a chart of its own
        "kube-state-metrics",  # a chart of its own
        "prometheus-node-exporter",  # a chart of its own
    ),
    "loki": (
        "loki.ingester",  # Loki's own configuration, as are the rest
        "loki.limits_config",
        "loki.server",
        "loki.storage",
    ),
    "alloy": ("configReloader.resources",),
}
# What the chart reads, and its values only speak of in a comment.
IN_A_COMMENT = {
    "kube-prometheus-stack": ("prometheusOperator.priorityClassName",),
    "loki": (),
    "alloy": (),
}


def own_values(chart: str) -> Any:
    """The chart's own values. Skips where they are not to be had."""
    path = Path(os.environ.get(VARIABLE, ""), chart, "values.yaml")
    if VARIABLE not in os.environ or not path.is_file():
        pytest.skip(f"{VARIABLE} has no {chart}: the values of {chart} are unchecked")
    return yaml.safe_load(path.read_text())


def documents(monitoring: Path, chart: str) -> dict[str, Any]:
    return {
        file.name: yaml.safe_load(file.read_text())
        for file in sorted((monitoring / chart).glob("*.yaml"))
    }


def merged(*values: Any) -> Any:
    """As Helm does: maps are put together, all else is replaced."""
    result: Any = {}
    for each in values:
        for key, value in each.items():
            both = isinstance(result.get(key), dict) and isinstance(value, dict)
            result[key] = merged(result[key], value) if both else value
    return result


def settled(repository: Path, environment: str, chart: str) -> Any:
    """Our values for a chart, in the order in which the application names them."""
    text = (repository / "environments" / environment / "monitoring.yaml").read_text()
    sources = yaml.safe_load(text)["spec"]["sources"]
    (source,) = [each for each in sources if each.get("chart") == chart]
    files = [
        repository / name.removeprefix("$repository/") for name in source["helm"]["valueFiles"]
    ]
    return merged(*(yaml.safe_load(file.read_text()) for file in files))


@pytest.mark.parametrize("chart", OPEN_MAPS)
def test_no_value_is_given_that_the_chart_does_not_know(chart: str, monitoring: Path):
    known = own_values(chart)
    found = [
        fault.removesuffix(" is not a value of the chart")
        for values in documents(monitoring, chart).values()
        for fault in unknown(values, known, open_maps=OPEN_MAPS[chart])
    ]
    assert tuple(found) == IN_A_COMMENT[chart]


@pytest.mark.parametrize(
    ("chart", "path"), [(chart, path) for chart, paths in OPEN_MAPS.items() for path in paths]
)
def test_every_open_map_needs_to_be_open(chart: str, path: str, monitoring: Path):
    known = own_values(chart)
    rest = tuple(each for each in OPEN_MAPS[chart] if each != path)
    found = [
        fault
        for values in documents(monitoring, chart).values()
        for fault in unknown(values, known, open_maps=rest)
    ]
    assert [fault for fault in found if fault.startswith(f"{path}.")]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_file_of_values_is_used(environment: str, repository: Path):
    named = (repository / "environments" / environment / "monitoring.yaml").read_text()
    for chart in OPEN_MAPS:
        for file in (repository / "monitoring" / chart).glob("*.yaml"):
            of_another = any(
                file.name == f"values-{other}.yaml"
                for other in ENVIRONMENTS
                if other != environment
            )
            assert (f"$repository/monitoring/{chart}/{file.name}" in named) is not of_another


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_prometheus_keeps_fifteen_days_and_ignores_no_teams_objects(
    environment: str, repository: Path
):
    values = settled(repository, environment, "kube-prometheus-stack")
    spec = values["prometheus"]["prometheusSpec"]
    assert spec["retention"] == "15d"
    for kind in ("rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig"):
        assert spec[f"{kind}SelectorNilUsesHelmValues"] is False
    for hidden in ("kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy"):
        assert values[hidden]["enabled"] is False
    assert values["defaultRules"]["create"] is False


def test_in_prod_one_may_go_and_another_stays(repository: Path):
    values = settled(repository, "prod", "kube-prometheus-stack")
    assert values["prometheus"]["prometheusSpec"]["replicas"] == 2
    assert values["prometheus"]["podDisruptionBudget"] == {"enabled": True, "minAvailable": 1}
    assert values["alertmanager"]["alertmanagerSpec"]["replicas"] == 3
    assert values["grafana"]["replicas"] == 2
    assert settled(repository, "prod", "loki")["singleBinary"]["replicas"] == 3


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_everything_is_scraped_that_asks_for_it_and_bears_the_contracts_labels(
    environment: str, repository: Path
):
    values = settled(repository, environment, "kube-prometheus-stack")
    pods, services = values["prometheus"]["prometheusSpec"]["additionalScrapeConfigs"]
    labels = {each.get("target_label"): each for each in pods["relabel_configs"]}
    assert {
        "namespace", "pod", "node", "service", "class", "team", "rollouts_pod_template_hash",
    } <= labels.keys()  # fmt: skip
    assert labels["service"]["source_labels"] == ["__meta_kubernetes_pod_label_app"]
    assert labels["class"]["source_labels"] == ["__meta_kubernetes_pod_label_tribe_class"]
    assert labels["team"]["source_labels"] == ["__meta_kubernetes_pod_label_tribe_team"]
    for job, annotation in ((pods, "pod"), (services, "service")):
        kept = [each for each in job["relabel_configs"] if each["action"] == "keep"]
        assert kept[0]["source_labels"] == [
            f"__meta_kubernetes_{annotation}_annotation_prometheus_io_scrape"
        ]
    dropped = [each for each in services["relabel_configs"] if each["action"] == "drop"]
    assert dropped[0]["source_labels"] == ["__meta_kubernetes_pod_annotation_prometheus_io_scrape"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_loki_really_deletes_after_thirty_days(environment: str, repository: Path):
    values = settled(repository, environment, "loki")
    loki = values["loki"]
    assert loki["limits_config"]["retention_period"] == f"{30 * 24}h"
    assert loki["compactor"]["retention_enabled"] is True
    assert loki["compactor"]["delete_request_store"] == "s3"
    (schema,) = loki["schemaConfig"]["configs"]
    assert (schema["schema"], schema["store"], schema["index"]["period"]) == ("v13", "tsdb", "24h")
    assert values["serviceAccount"]["name"] == "loki"
    assert loki["commonConfig"]["replication_factor"] == values["singleBinary"]["replicas"]
    assert values["chunksCache"]["enabled"] is False
    assert values["resultsCache"]["enabled"] is False


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nobody_signs_in_at_grafana_but_by_a_verified_token(environment: str, repository: Path):
    grafana = settled(repository, environment, "kube-prometheus-stack")["grafana"]
    ini = grafana["grafana.ini"]
    assert ini["auth.jwt"]["enabled"] is True
    assert ini["auth.jwt"]["header_name"] == "X-Amzn-Oidc-Accesstoken"
    assert ini["auth.jwt"]["role_attribute_strict"] is True
    assert ini["auth"]["disable_login_form"] is True
    assert ini["auth.basic"]["enabled"] is False
    assert ini["auth.anonymous"]["enabled"] is False
    assert "auth.proxy" not in ini
    assert "adminPassword" not in grafana
    assert grafana["admin"]["existingSecret"] == "grafana"
    assert {"name": "grafana-facts"} in grafana["envFromConfigMaps"]


def test_logs_of_all_nodes_are_read_and_nothing_is_given_up(monitoring: Path):
    values = yaml.safe_load((monitoring / "alloy" / "values.yaml").read_text())
    assert values["controller"]["type"] == "daemonset"
    assert values["controller"]["tolerations"] == [{"operator": "Exists"}]
    config = (monitoring / "alloy" / "config.alloy").read_text()
    assert "max_backoff_retries = 0" in config  # without end
    assert "stage.drop" not in config
    assert "stage.limit" not in config
    assert "stage.sampling" not in config
