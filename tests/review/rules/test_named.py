"""Names that a document says in places of its kind alone."""

import pytest

from review.rules import counts, defined, quotas, target_groups
from tests.review.rules.given import INGRESS_CLASS, ingress, objects, workload


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: a}\n"
            "spec: {storageClassName: fast}",
            "StorageClass fast",
        ),
        (
            "apiVersion: keda.sh/v1alpha1\nkind: TriggerAuthentication\nmetadata: {name: a}\n"
            "spec: {secretTargetRef: [{parameter: p, name: token, key: k}]}",
            "Secret token",
        ),
    ],
)
def test_what_is_missing_is_named(text: str, missing: str):
    (problem,) = defined.check(objects(text))
    assert f"there is no {missing}" in problem.message


@pytest.mark.parametrize(
    "text",
    [
        INGRESS_CLASS
        + "---\napiVersion: v1\nkind: Service\nmetadata: {name: orders}\n"
        + "spec: {selector: {app: orders}, ports: [{name: http, port: 80}]}\n"
        + ingress().replace("  rules:", "  tls: [{hosts: [api.example.com]}]\n  rules:"),
        workload(
            kind="Rollout",
            spec="strategy: {canary: {analysis: {templates: [{clusterScope: true}]}}}",
        ),
        workload(pod="imagePullSecrets: [{}]"),
    ],
    ids=["an Ingress of the load balancer's own certificate", "an analysis", "a pull secret"],
)
def test_what_has_no_name_names_nothing(text: str):
    assert list(defined.check(objects(text))) == []


QUOTA = """
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota}
spec: {hard: {"%s": "%s"}}
"""
BALANCER = """
---
apiVersion: v1
kind: Service
metadata: {name: %s}
spec: {type: LoadBalancer, %sports: [{name: http, port: 80}]}
"""


@pytest.mark.parametrize(("hard", "said"), [("1", ["is 1, and 2 are made"]), ("2", [])])
def test_load_balancers_are_counted_against_their_quota(hard: str, said: list[str]):
    made = BALANCER % ("a", "") + BALANCER % ("b", "")
    found = list(quotas.check(objects(made, QUOTA % (counts.LOAD_BALANCERS, hard))))
    assert [each.message[: len("is 1, and 2 are made")] for each in found] == said


def test_a_load_balancer_that_needs_no_node_port_takes_none():
    quota = QUOTA % (counts.NODE_PORTS, "0")
    (problem,) = quotas.check(objects(BALANCER % ("a", ""), quota))
    assert problem.message.startswith("is 0, and 1 are made")
    without = BALANCER % ("a", "allocateLoadBalancerNodePorts: false, ")
    assert list(quotas.check(objects(without, quota))) == []


def test_a_quota_of_what_nobody_counts_is_let_be():
    assert list(quotas.check(objects(workload(), QUOTA % ("example.com/licences", "0")))) == []


def test_a_rollout_without_a_root_service_doubles_its_stable_one():
    rollout = """
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: s0}
spec:
  strategy:
    canary: {stableService: s0, canaryService: s0-canary, trafficRouting: {alb: {ingress: i0}}}
"""
    single = [
        ingress(f"i{each}", path=f"/{each}", service=f"s{each}", port="name: use-annotation")
        for each in range(79)
    ]
    (problem,) = target_groups.check(objects(INGRESS_CLASS, rollout, *single))
    assert "gets 80 target groups" in problem.message
