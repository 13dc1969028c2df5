"""A budget lets one pod go at the smallest scale, and no more than one budget holds a pod."""

import pytest

from review.rules.disruption import check
from tests.review.rules.given import missing_chart, objects, said, workload

AUTOSCALER = """
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: orders}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: orders}
  minReplicas: 3
  maxReplicas: 9
"""


def budget(rule: str, *, name: str = "orders", app: str = "orders") -> str:
    return f"""
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: {name}}}
spec:
  {rule}
  selector: {{matchLabels: {{app: {app}}}}}
"""


@pytest.mark.parametrize(
    ("replicas", "rule"),
    [
        (2, "minAvailable: 2"),
        (1, "minAvailable: 1"),
        (0, "minAvailable: 1"),
        (4, "minAvailable: 76%"),
        (2, "minAvailable: 51%"),
        (3, "maxUnavailable: 0"),
        (3, "maxUnavailable: 0%"),
    ],
)
def test_a_budget_that_no_pod_may_leave_is_an_error(replicas: int, rule: str):
    there = objects(workload(spec=f"replicas: {replicas}"), budget(rule))
    (problem,) = check(there)
    assert problem.severity == "error"
    assert problem.path == f"spec.{rule.split(':')[0]}"
    assert "no pod may ever be evicted" in problem.message


@pytest.mark.parametrize(
    ("replicas", "rule"),
    [
        (2, "minAvailable: 1"),
        (1, "maxUnavailable: 1"),
        (4, "minAvailable: 75%"),
        (2, "minAvailable: 50%"),
        (3, "maxUnavailable: 1%"),  # rounded up to one pod
    ],
)
def test_a_budget_that_lets_one_pod_go_is_quiet(replicas: int, rule: str):
    assert list(check(objects(workload(spec=f"replicas: {replicas}"), budget(rule)))) == []


def test_the_smallest_scale_is_the_autoscalers():
    two, three = budget("minAvailable: 2"), budget("minAvailable: 3")
    assert list(check(objects(workload(spec="paused: false"), AUTOSCALER, two))) == []
    assert len(list(check(objects(workload(spec="paused: false"), AUTOSCALER, three)))) == 1


def test_pods_of_all_workloads_that_a_budget_selects_are_counted():
    other = workload("orders-canary", spec="replicas: 1").replace(
        "app: orders-canary", "app: orders"
    )
    assert list(check(objects(workload(), other, budget("minAvailable: 2")))) == []


@pytest.mark.parametrize(("replicas", "number"), [(1, 0), (2, 1)])
def test_two_replicas_need_a_budget(replicas: int, number: int):
    found = list(check(objects(workload(spec=f"replicas: {replicas}"))))
    assert len(found) == number
    assert all("no PodDisruptionBudget" in each.message for each in found)


def test_charts_of_others_may_do_without():
    assert list(check(objects(workload(), own=False))) == []


def test_two_budgets_for_one_pod_are_an_error():
    twice = budget("minAvailable: 1"), budget("maxUnavailable: 1", name="more")
    (problem,) = check(objects(workload(), *twice))
    assert "several PodDisruptionBudgets, orders, more" in problem.message


def test_a_budget_of_nobody_is_an_error_unless_a_chart_that_is_not_here_may_make_its_pods():
    stray = budget("maxUnavailable: 1", app="cart")
    assert said(check(objects(stray))) == [
        (
            "error",
            "spec.selector",
            "selects no pod that is made here. Write the labels of the pods' template.",
        )
    ]
    assert [each.severity for each in check(objects(stray, own=False))] == ["warning"]
    assert list(check(objects(stray, missing=[missing_chart()]))) == []


def test_a_selector_may_have_expressions():
    text = budget("minAvailable: 2").replace(
        "matchLabels: {app: orders}",
        "matchExpressions: [{key: app, operator: In, values: [orders, cart]}]",
    )
    assert len(list(check(objects(workload(), text)))) == 1
    assert len(list(check(objects(workload(), text.replace("In,", "NotIn,"))))) == 2
