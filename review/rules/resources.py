"""What a pod asks for, as the cluster reckons it.

The API server takes a stated limit for a missing request, then the namespace's LimitRanges fill in
the rest (https://kubernetes.io/docs/concepts/policy/limit-range/). Of a pod counts the largest of:
what its containers and sidecars need together, and what each preparing container needs beside the
sidecars before it; and its overhead on top
(https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers,
https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers).
"""

from collections.abc import Iterable
from decimal import Decimal

from review.rules.fields import Object, amount, map_at, maps_at, text_at

Amounts = dict[str, Decimal]
SIDES = ("requests", "limits")


def with_defaults(container: Object, ranges: Iterable[Object]) -> dict[str, Amounts]:
    """A container's requests and limits as its namespace lets it run.

    ranges: the items `spec.limits[]` of type Container of the namespace's LimitRanges.
    """
    stated = {side: amounts(map_at(container, "resources", side)) for side in SIDES}
    asked = {
        "requests": {**stated["limits"], **stated["requests"]},
        "limits": dict(stated["limits"]),
    }
    for each in ranges:
        limits = {**amounts(map_at(each, "max")), **amounts(map_at(each, "default"))}
        requests = {
            **amounts(map_at(each, "min")),
            **limits,
            **amounts(map_at(each, "defaultRequest")),
        }
        asked["limits"] = {**limits, **asked["limits"]}
        asked["requests"] = {**requests, **asked["requests"]}
    return asked


def of_pod(spec: Object, ranges: Iterable[Object]) -> Amounts:
    """What one pod takes of a quota, as "requests.cpu" and "limits.memory"."""
    items = list(ranges)
    found: Amounts = {}
    for side in SIDES:
        needed = _side(spec, items, side)
        for name, value in needed.items():
            found[f"{side}.{name}"] = value
    return found


def _side(spec: Object, ranges: list[Object], side: str) -> Amounts:
    running: Amounts = {}
    most: Amounts = {}
    for container in maps_at(spec, "initContainers"):
        own = with_defaults(container, ranges)[side]
        if text_at(container, "restartPolicy") == "Always":
            running = _sum(running, own)
            most = _larger(most, running)
        else:
            most = _larger(most, _sum(running, own))
    for container in maps_at(spec, "containers"):
        running = _sum(running, with_defaults(container, ranges)[side])
    # What the pod states for itself stands for all its containers.
    whole = {**_larger(most, running), **amounts(map_at(spec, "resources", side))}
    return _sum(whole, amounts(map_at(spec, "overhead")))


def amounts(given: Object) -> Amounts:
    return {name: value for name, each in given.items() if (value := amount(each)) is not None}


def _sum(one: Amounts, other: Amounts) -> Amounts:
    return {name: one.get(name, Decimal()) + other.get(name, Decimal()) for name in one | other}


def _larger(one: Amounts, other: Amounts) -> Amounts:
    zero = Decimal()
    return {name: max(one.get(name, zero), other.get(name, zero)) for name in one | other}
