"""Which pods a selector takes.

https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from review.rules.fields import Object, list_at, map_at, maps_at, text_at
from review.rules.workloads import Workload


class Labelled:
    """Workloads by namespace and by each label of their pods: a thousand services, each with its
    selectors, are not compared with one another."""

    def __init__(self, workloads: Iterable[Workload]) -> None:
        self._all: defaultdict[str, list[Workload]] = defaultdict(list)
        self._by: defaultdict[tuple[str, str, str], list[Workload]] = defaultdict(list)
        for each in workloads:
            namespace = each.placed.namespace
            self._all[namespace].append(each)
            for key, value in each.labels.items():
                self._by[namespace, key, str(value)].append(each)

    def selected(self, selector: Any, *, namespace: str) -> list[Workload]:
        """Those whose pods the selector takes: an empty one all, what is no selector none."""
        if not isinstance(selector, dict):
            return []
        wanted = map_at(selector, "matchLabels")
        lists = [self._by.get((namespace, key, str(each)), []) for key, each in wanted.items()]
        candidates = min(lists, key=len, default=self._all.get(namespace, []))
        return [each for each in candidates if _takes(selector, each.labels)]


def _takes(selector: Object, labels: Object) -> bool:
    wanted = map_at(selector, "matchLabels")
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_expression(each, labels) for each in maps_at(selector, "matchExpressions"))


def _expression(expression: Object, labels: Object) -> bool:
    key, values = text_at(expression, "key"), list_at(expression, "values")
    match text_at(expression, "operator"):
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    return False
