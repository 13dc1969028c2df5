"""Which pods a selector takes, as Kubernetes reads selectors."""

from typing import Any

import pytest
import yaml

from tests.review.rules.given import NAMESPACE, objects

POD = """
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {labels}}}
    spec: {{containers: [{{name: main, image: a}}]}}
"""
PODS = "".join(
    POD.format(name=name, labels=labels)
    for name, labels in {
        "orders": "{app: orders, tier: back, team: shop}",
        "cart": "{app: cart, tier: front}",
        "bare": "{app: bare}",
    }.items()
)


@pytest.mark.parametrize(
    ("selector", "taken"),
    [
        ("{}", ["orders", "cart", "bare"]),
        ("none", []),
        ("{matchLabels: {app: orders}}", ["orders"]),
        ("{matchLabels: {app: orders, tier: front}}", []),
        ("{matchLabels: {app: gone}}", []),
        ("{matchExpressions: [{key: tier, operator: In, values: [back, front]}]}",
         ["orders", "cart"]),
        ("{matchExpressions: [{key: tier, operator: NotIn, values: [back]}]}", ["cart", "bare"]),
        ("{matchExpressions: [{key: tier, operator: Exists}]}", ["orders", "cart"]),
        ("{matchExpressions: [{key: tier, operator: DoesNotExist}]}", ["bare"]),
        ("{matchExpressions: [{key: tier, operator: Near, values: [back]}]}", []),
        ("{matchLabels: {tier: back}, matchExpressions: [{key: team, operator: DoesNotExist}]}",
         []),
    ],
)  # fmt: skip
def test_it_takes_these(selector: str, taken: list[str]):
    read: Any = yaml.safe_load(selector)
    found = objects(PODS).labelled.selected(read, namespace=NAMESPACE)
    assert [each.placed.name for each in found] == taken
