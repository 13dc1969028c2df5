"""What holds for every service, whatever its class, strategy, exposure and environment."""

import pytest

from review.schemas import validate
from tests.service.chart import KUBERNETES_VERSION, Object, refusal
from tests.service.matrix import CLASSES, FITTING, REFUSED, Case

# S4: requests, limits, and what A1 scales between.
TABLE = {
    "api": ("250m", "256Mi", "500m", "512Mi", 2, 10),
    "frontend": ("250m", "256Mi", "500m", "512Mi", 2, 8),
    "ai": ("1", "1Gi", "2", "2Gi", 1, 6),
    "worker": ("500m", "512Mi", "1", "1Gi", 1, 8),
}
CPU = {"api": 70, "frontend": 70, "ai": 60}
NODES = {
    "api": "application",
    "frontend": "application",
    "ai": "data-processing",
    "worker": "application",
}
DEREGISTRATION_SECONDS = 30
RESTRICTED_VOLUMES = {"configMap", "emptyDir", "name"}


def test_the_matrix_has_every_class_in_three_environments():
    assert len(FITTING) == 3 * (3 * (5 + 2 + 1) + 1)
    assert {case.service_class for case in FITTING} == set(CLASSES)


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_what_does_not_go_together_is_refused_by_its_key(case: Case):
    said = refusal(case.values)
    assert "strategy: " in said or "exposure.kind: " in said


def test_the_api_server_takes_every_object(case: Case):
    problems = [
        str(problem)
        for each in case.objects
        for problem in validate(each, kubernetes_version=KUBERNETES_VERSION)
    ]
    assert problems == []


def test_every_object_is_in_the_services_namespace_and_bears_its_labels(case: Case):
    for each in case.objects:
        metadata = each["metadata"]
        assert metadata["namespace"] == case.values["namespace"]
        assert metadata["labels"] == {
            "app": "orders",
            "app.kubernetes.io/name": "orders",
            "app.kubernetes.io/part-of": "tribe",
            "app.kubernetes.io/managed-by": "argocd",
            "tribe/class": case.service_class,
            "tribe/team": "payments",
        }


def test_what_runbooks_name_bears_the_services_name(case: Case):
    objects = case.objects
    assert objects.workload["metadata"]["name"] == "orders"
    assert objects.one("ServiceAccount")["metadata"]["name"] == "orders"
    assert objects.one("PodDisruptionBudget")["metadata"]["name"] == "orders"
    assert case.autoscaler["name"] == "orders"
    if case.exposure != "none":
        assert objects.one("Service", "orders")


def test_no_two_objects_bear_one_kind_and_name(case: Case):
    names = [(each["kind"], each["metadata"]["name"]) for each in case.objects]
    assert len(names) == len(set(names))


def test_a_drain_is_never_held_up(case: Case):
    budget = case.objects.one("PodDisruptionBudget")["spec"]
    smallest = case.autoscaler["min"]
    if "minAvailable" in budget:
        assert budget["minAvailable"] < smallest
    else:
        assert budget["maxUnavailable"] == 1
        assert smallest == 1
    assert budget["unhealthyPodEvictionPolicy"] == "AlwaysAllow"


def test_one_autoscaler_scales_the_workload_that_is_there(case: Case):
    workload = case.objects.workload
    scaler = case.autoscaler
    assert scaler["target"] == {
        "apiVersion": workload["apiVersion"],
        "kind": workload["kind"],
        "name": workload["metadata"]["name"],
    }
    assert len(case.objects.all("HorizontalPodAutoscaler") + case.objects.all("ScaledObject")) == 1


def test_the_class_says_between_how_many_replicas(case: Case):
    scaler = case.autoscaler
    assert (scaler["min"], scaler["max"]) == TABLE[case.service_class][4:]
    if case.service_class != "worker":
        (metric,) = case.objects.one("HorizontalPodAutoscaler")["spec"]["metrics"]
        target = {"type": "Utilization", "averageUtilization": CPU[case.service_class]}
        assert metric["resource"] == {"name": "cpu", "target": target}


def test_nothing_but_the_autoscaler_says_replicas(case: Case):
    assert "replicas" not in case.objects.workload["spec"]


def test_probes_ask_at_the_platforms_times(case: Case):
    container = case.objects.container
    assert _times(container["livenessProbe"]) == (30, 15, 5)
    assert _times(container["readinessProbe"]) == (10, 10, 3)


def test_resources_are_the_classes(case: Case):
    cpu, memory, cpu_limit, memory_limit, *_ = TABLE[case.service_class]
    assert case.objects.container["resources"] == {
        "requests": {"cpu": cpu, "memory": memory},
        "limits": {"cpu": cpu_limit, "memory": memory_limit},
    }


def test_pods_pass_the_restricted_standard(case: Case):
    """https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"""
    pod = case.objects.pod["spec"]
    assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & pod.keys()
    assert pod["securityContext"] == {
        "runAsNonRoot": True,
        "runAsUser": 10001,
        "runAsGroup": 10001,
        "fsGroup": 10001,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert case.objects.container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    for volume in pod["volumes"]:
        assert volume.keys() <= RESTRICTED_VOLUMES
    assert not any("hostPort" in port for port in case.objects.container.get("ports", []))


def test_pods_get_no_token_of_the_api_server(case: Case):
    assert case.objects.pod["spec"]["automountServiceAccountToken"] is False
    assert case.objects.one("ServiceAccount")["automountServiceAccountToken"] is False


def test_pods_are_spread_over_zones_and_nodes_where_there_is_room(case: Case):
    pod = case.objects.pod["spec"]
    (spread,) = pod["topologySpreadConstraints"]
    assert spread["topologyKey"] == "topology.kubernetes.io/zone"
    assert spread["whenUnsatisfiable"] == "ScheduleAnyway"
    affinity = pod["affinity"]["podAntiAffinity"]
    assert affinity.keys() == {"preferredDuringSchedulingIgnoredDuringExecution"}


def test_each_class_runs_on_its_nodes(case: Case):
    pod = case.objects.pod["spec"]
    nodes = NODES[case.service_class]
    assert pod["nodeSelector"] == {"tribe/workload": nodes}
    tolerated = [
        (each["key"], each["value"], each["effect"]) for each in pod.get("tolerations", [])
    ]
    tainted = nodes == "data-processing"
    assert tolerated == ([("tribe/workload", nodes, "NoSchedule")] if tainted else [])


def test_a_pod_outlives_the_load_balancers_last_request(case: Case):
    pod = case.objects.pod["spec"]
    if case.exposure in ("path", "loadBalancer"):
        sleep = case.objects.container["lifecycle"]["preStop"]["sleep"]["seconds"]
        assert sleep + DEREGISTRATION_SECONDS <= pod["terminationGracePeriodSeconds"]
        attributes = [
            value
            for each in case.objects.all("Ingress") + case.objects.all("Service")
            for key, value in each["metadata"].get("annotations", {}).items()
            if key.endswith("target-group-attributes")
        ]
        delay = f"deregistration_delay.timeout_seconds={DEREGISTRATION_SECONDS}"
        assert [value.split(",")[0] for value in attributes] == [delay]


def test_images_are_pulled_by_digest(case: Case):
    image = case.values["image"]
    expected = f"{image['repository']}:{image['tag']}@{image['digest']}"
    assert case.objects.container["image"] == expected


def _times(probe: Object) -> tuple[int, int, int]:
    return probe["initialDelaySeconds"], probe["periodSeconds"], probe["timeoutSeconds"]
