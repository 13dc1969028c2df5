"""Quotas against what runs, at the smallest scale with a rollout, and at the largest."""

import pytest

from review.rules.quotas import check
from tests.review.rules.given import objects, said, workload

RANGE = """
---
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec:
  limits:
    - type: Container
      default: {cpu: 400m, memory: 400Mi}
      defaultRequest: {cpu: 100m, memory: 100Mi}
      max: {cpu: 1}
      min: {cpu: 50m}
"""
BARE = """
        - name: main
          image: registry/orders:1.0.0
"""
SCALED = """
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: orders}
spec:
  scaleTargetRef: {name: orders}
  minReplicaCount: 1
  maxReplicaCount: 4
  triggers: []
"""


def quota(**hard: str) -> str:
    written = {name.replace("__", "."): value for name, value in hard.items()}
    return f"""
---
apiVersion: v1
kind: ResourceQuota
metadata: {{name: quota}}
spec:
  hard: {written}
"""


@pytest.mark.parametrize(("cpu", "number"), [("750m", 0), ("749m", 1)])
def test_two_pods_and_one_more_while_they_roll_out(cpu: str, number: int):
    """Twice 250m, and maxSurge's default, 25 % of two, is one pod: 750m."""
    found = list(check(objects(workload(), quota(requests__cpu=cpu))))
    assert len(found) == number
    assert all(each.severity == "error" for each in found)


def test_the_numbers_are_said():
    there = objects(workload(), quota(requests__memory="512Mi"))
    assert said(check(there)) == [
        (
            "error",
            'spec.hard["requests.memory"]',
            "is 512Mi, and at the smallest scale 512Mi are needed, and 256Mi more while orders"
            " rolls out. Raise the quota, or lower requests or replicas.",
        )
    ]


def test_only_the_largest_rollout_is_added_because_others_wait_for_it():
    two = workload(), workload("cart")
    assert list(check(objects(*two, quota(requests__cpu="1250m")))) == []
    assert len(list(check(objects(*two, quota(requests__cpu="1240m"))))) == 1


@pytest.mark.parametrize(("cpu", "severities"), [("1", []), ("999m", ["warning"])])
def test_the_largest_scale_is_a_warning(cpu: str, severities: list[str]):
    there = objects(workload(spec="paused: false"), SCALED, quota(requests__cpu=cpu))
    assert [each.severity for each in check(there)] == severities


@pytest.mark.parametrize(
    ("kind", "spec", "pods"),
    [
        ("Deployment", "replicas: 4", 5),
        ("Deployment", "replicas: 4\n  strategy: {type: Recreate}", 4),
        ("Deployment", "replicas: 4\n  strategy: {rollingUpdate: {maxSurge: 50%}}", 6),
        ("StatefulSet", "replicas: 4", 4),
        ("Rollout", "replicas: 4\n  strategy: {blueGreen: {activeService: a}}", 8),
        ("Rollout", "replicas: 4\n  strategy: {canary: {maxSurge: 1}}", 5),
        ("Rollout", "replicas: 4\n  strategy: {canary: {trafficRouting: {alb: {}}}}", 8),
        ("DaemonSet", "minReadySeconds: 0", 0),
    ],
)
def test_pods_that_a_rollout_needs_by_its_strategy(kind: str, spec: str, pods: int):
    text = workload(kind=kind, spec=spec)
    assert list(check(objects(text, quota(pods=str(pods))))) == []
    if pods:
        assert len(list(check(objects(text, quota(pods=str(pods - 1)))))) == 1


def test_a_job_must_have_room_when_it_runs():
    job = workload(kind="Job", spec="parallelism: 3").replace("apps/v1", "batch/v1")
    assert list(check(objects(job, quota(pods="3")))) == []
    assert len(list(check(objects(job, quota(pods="2"))))) == 1


def test_the_limit_ranges_defaults_count_where_a_container_says_nothing():
    text = workload(spec="replicas: 1", container=BARE)
    assert list(check(objects(text, RANGE, quota(requests__cpu="200m", limits__cpu="800m")))) == []
    found = check(objects(text, RANGE, quota(requests__cpu="199m", limits__cpu="799m")))
    assert [each.path for each in found] == [
        'spec.hard["requests.cpu"]',
        'spec.hard["limits.cpu"]',
    ]


def test_without_defaults_a_pod_that_says_nothing_is_refused():
    (problem,) = check(objects(workload(container=BARE), quota(limits__memory="4Gi")))
    assert "says no limits.memory" in problem.message
    assert problem.document == "Deployment shop/orders"


@pytest.mark.parametrize(
    ("resources", "paths"),
    [
        ("{limits: {cpu: 1}, requests: {cpu: 50m}}", []),
        ("{limits: {cpu: 1001m}, requests: {cpu: 50m}}", ["limits.cpu"]),
        ("{limits: {cpu: 1}, requests: {cpu: 49m}}", ["requests.cpu"]),
        ("{}", []),
    ],
)
def test_a_container_stays_between_the_bounds_of_the_limit_range(resources: str, paths: list[str]):
    container = f"\n        - {{name: main, image: a, resources: {resources}}}\n"
    found = list(check(objects(workload(container=container), RANGE)))
    assert [each.path for each in found] == [
        f"spec.template.spec.containers[0].resources.{path}" for path in paths
    ]
    assert all(each.rule == "limits" for each in found)


def test_objects_are_counted():
    service = """
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {type: NodePort, ports: [{port: 80, name: a}, {port: 81, name: b}]}
"""
    assert list(check(objects(service, quota(services="1", services__nodeports="2")))) == []
    found = check(objects(service, quota(services="0", services__nodeports="1")))
    assert [each.path for each in found] == [
        "spec.hard.services",
        'spec.hard["services.nodeports"]',
    ]


def test_a_quota_of_another_namespace_or_with_a_scope_is_not_reckoned():
    small = quota(pods="0")
    elsewhere = small.replace("{name: quota}", "{name: quota, namespace: other}")
    scoped = small.replace("  hard:", "  scopes: [BestEffort]\n  hard:")
    assert list(check(objects(workload(), elsewhere, scoped))) == []


def test_preparing_containers_count_by_the_largest_and_sidecars_with_all():
    pod = """initContainers:
        - {name: a, image: a, resources: {requests: {cpu: 600m}}}
        - {name: b, image: b, restartPolicy: Always, resources: {requests: {cpu: 100m}}}
        - {name: c, image: c, resources: {requests: {cpu: 300m}}}"""
    text = workload(kind="StatefulSet", spec="replicas: 1", pod=pod)
    assert list(check(objects(text, quota(requests__cpu="600m")))) == []
    assert len(list(check(objects(text, quota(requests__cpu="599m"))))) == 1
    larger = text.replace("cpu: 300m", "cpu: 510m")
    assert len(list(check(objects(larger, quota(requests__cpu="609m"))))) == 1
    assert list(check(objects(larger, quota(requests__cpu="610m")))) == []
