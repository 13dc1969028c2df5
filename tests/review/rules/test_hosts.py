"""Hosts and paths have one owner, and an ALB has room for what they need."""

import pytest

from review.rules import hosts, target_groups
from tests.review.rules.given import INGRESS_CLASS, ingress, objects

ROLLOUT = """
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: s0}
spec:
  strategy:
    canary:
      pingPong: {pingService: s0-ping, pongService: s0-pong}
      trafficRouting: {alb: {ingress: i0, rootService: s0, servicePort: 80}}
"""


@pytest.mark.parametrize(
    "other",
    [
        ingress("cart"),
        ingress("cart", path="/orders/"),
        ingress("cart", host="API.example.com"),
    ],
)
def test_a_path_has_one_owner(other: str):
    (problem,) = hosts.check(objects(ingress(), other))
    assert problem.path == "spec.rules[0].http.paths[0].path"
    assert "is owned by Ingress shop/orders of the application all already" in problem.message


@pytest.mark.parametrize(
    "other",
    [
        ingress("cart", path="/orders/new"),
        ingress("cart", path="/ordersheet"),
        ingress("cart", kind="Exact"),
        ingress("cart", host="www.example.com"),
        ingress("cart", host="www.example.com", group="web"),
    ],
)
def test_another_path_type_or_host_is_another_thing(other: str):
    assert list(hosts.check(objects(ingress(), other))) == []


def test_a_host_has_one_load_balancer():
    (problem,) = hosts.check(objects(ingress(), ingress("cart", path="/cart", group="web")))
    assert "is of the class web here and of api in Ingress shop/orders" in problem.message


def many(number: int) -> list[str]:
    return [
        ingress(f"i{each}", path=f"/{each}", service=f"s{each}", port="name: use-annotation")
        for each in range(number)
    ]


@pytest.mark.parametrize(
    ("number", "severities"), [(79, []), (80, ["warning"] * 2), (100, ["warning"] * 2)]
)
def test_a_load_balancer_may_have_a_hundred_target_groups(number: int, severities: list[str]):
    found = list(target_groups.check(objects(INGRESS_CLASS, *many(number))))
    assert [each.severity for each in found] == severities
    assert all(f"tribe-api gets {number} " in each.message for each in found)


def test_one_more_is_an_error_and_rules_can_be_raised():
    found = list(target_groups.check(objects(INGRESS_CLASS, *many(101))))
    assert [(each.severity, "target groups" in each.message) for each in found] == [
        ("error", True),
        ("warning", False),
    ]


def test_a_rollout_behind_the_alb_takes_two():
    found = list(target_groups.check(objects(INGRESS_CLASS, ROLLOUT, *many(100))))
    assert "gets 101 target groups" in found[0].message
    assert "gets 100 rules" in found[1].message


def test_two_paths_to_one_service_share_a_target_group_within_an_ingress():
    once = many(79)
    twice = once[0].replace(
        "          - path: /0",
        "          - path: /x\n            pathType: Prefix\n"
        "            backend: {service: {name: s0, port: {name: use-annotation}}}\n"
        "          - path: /0",
    )
    found = list(target_groups.check(objects(INGRESS_CLASS, twice, *once[1:])))
    assert ["80 rules" in each.message for each in found] == [True]


def test_other_controllers_have_other_bounds():
    text = INGRESS_CLASS.replace("ingress.k8s.aws/alb", "k8s.io/ingress-nginx")
    assert list(target_groups.check(objects(text, *many(101)))) == []
