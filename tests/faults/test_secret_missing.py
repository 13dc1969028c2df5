"""A secret is missing: no pod starts without it, those that run go on, and someone is told."""

import pytest

from tests.monitoring.rules import ALERTS, checks
from tests.service.chart import NAMESPACES, Objects, render, service

CLASSES = tuple(NAMESPACES)


def with_secret(service_class: str) -> Objects:
    return render(service(service_class, environment="prod", secrets=["DATABASE_URL"]))


@pytest.mark.parametrize("service_class", CLASSES)
def test_no_pod_starts_without_it(service_class: str):
    """A reference that is not optional: the container waits, and the pod is not ready."""
    objects = with_secret(service_class)
    name = objects.one("ExternalSecret")["spec"]["target"]["name"]
    references = [each["secretRef"] for each in objects.container["envFrom"] if "secretRef" in each]
    assert references == [{"name": name}]  # `optional` would let it start


@pytest.mark.parametrize("service_class", CLASSES)
def test_the_pods_that_run_go_on(service_class: str):
    """The new pod is not ready, and none that is goes before."""
    strategy = with_secret(service_class).workload["spec"]["strategy"]
    assert strategy["rollingUpdate"]["maxUnavailable"] == 0


@pytest.mark.parametrize("service_class", CLASSES)
def test_an_entry_that_is_gone_leaves_the_secret_in_the_cluster(service_class: str):
    """`Delete` and `Merge` would take it from pods that start again."""
    target = with_secret(service_class).one("ExternalSecret")["spec"]["target"]
    assert target.get("deletionPolicy", "Retain") == "Retain"


def test_someone_is_told_of_it():
    assert ALERTS["ExternalSecretFailing"]["labels"]["severity"] == "warning"
    assert any("fires" in claim for claim in checks("ExternalSecretFailing"))
