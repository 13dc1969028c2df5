"""quota: what runs in a namespace fits into its ResourceQuota; limits: and each container between
the bounds of its LimitRange.

A pod beyond the quota, or out of bounds, is refused when it is made, long after the sync was green:
https://kubernetes.io/docs/concepts/policy/resource-quotas/ and .../limit-range/

Reckoned at the smallest scale, and with the pods that the largest single rollout adds: less, and a
rollout never ends (an error). And at the largest scale: what does not fit then, autoscaling cannot
reach (a warning). Left out: DaemonSets, whose pods are as many as the nodes, which no file says;
quotas with scopes; pods that operators make, and those of charts that are not here. So the sums are
lower bounds.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from review.problem import Problem
from review.rules.counts import counted, counts
from review.rules.fields import map_at, maps_at, text_at
from review.rules.objects import Objects
from review.rules.placed import Placed
from review.rules.resources import SIDES, Amounts, amounts, of_pod, with_defaults
from review.rules.workloads import Workload

RULE = "quota"
BOUNDS = "limits"
# Other words of a quota for the same thing.
MEANS = {"cpu": "requests.cpu", "memory": "requests.memory", "count/pods": "pods"}
UNITS = {"Ti": 2**40, "Gi": 2**30, "Mi": 2**20, "Ki": 2**10}


def check(objects: Objects) -> Iterator[Problem]:
    there: defaultdict[str, list[Workload]] = defaultdict(list)
    for each in objects.workloads:
        there[each.placed.namespace].append(each)
    ranges = _ranges(objects)
    for workloads in there.values():
        for each in workloads:
            yield from _bounds(each, ranges[each.placed.namespace])
    needed = {
        namespace: [(each, _pod(each, ranges[namespace])) for each in workloads]
        for namespace, workloads in there.items()
    }
    for quota in objects.of("ResourceQuota"):
        if "scopes" not in quota.spec and "scopeSelector" not in quota.spec:
            pods = needed.get(quota.namespace, [])
            yield from _quota(quota, pods, counts(objects, quota.namespace))


def _ranges(objects: Objects) -> defaultdict[str, list[dict[str, object]]]:
    """The items for containers of each namespace's LimitRanges."""
    found: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for each in objects.of("LimitRange"):
        items = maps_at(each.spec, "limits")
        found[each.namespace] += [item for item in items if text_at(item, "type") == "Container"]
    return found


def _pod(workload: Workload, ranges: list[dict[str, object]]) -> Amounts:
    return {**of_pod(workload.spec, ranges), "pods": Decimal(1)}


def _quota(
    quota: Placed, pods: list[tuple[Workload, Amounts]], objects: Amounts
) -> Iterator[Problem]:
    for stated, hard in amounts(map_at(quota.spec, "hard")).items():
        name = MEANS.get(stated, stated)
        steps = ["spec", "hard", stated]
        if counted(name):
            if objects.get(name, 0) > hard:
                yield quota.problem(
                    RULE, f"is {hard}, and {objects[name]} are made. Raise it, or make fewer.",
                    steps=steps,
                )  # fmt: skip
            continue
        if name != "pods" and not name.startswith(tuple(f"{side}." for side in SIDES)):
            continue
        for each, pod in pods:
            if name not in pod and (each.most or each.surge):
                yield each.placed.problem(
                    RULE,
                    f"says no {name}, and the quota of {quota.namespace} limits it: its pods are "
                    "refused. Say it, or give the namespace's LimitRange a default.",
                )
        yield from _sums(quota, name, hard, pods, steps)


def _sums(
    quota: Placed,
    name: str,
    hard: Decimal,
    pods: list[tuple[Workload, Amounts]],
    steps: list[str],
) -> Iterator[Problem]:
    zero = Decimal()
    least = sum((each.least * pod.get(name, zero) for each, pod in pods), zero)
    most = sum((each.most * pod.get(name, zero) for each, pod in pods), zero)
    rollout, whose = zero, ""
    for each, pod in pods:
        if (surge := each.surge * pod.get(name, zero)) > rollout:
            rollout, whose = surge, each.placed.name
    if least + rollout > hard:
        plus = f", and {_shown(rollout, name)} more while {whose} rolls out" if rollout else ""
        yield quota.problem(
            RULE,
            f"is {_shown(hard, name)}, and at the smallest scale {_shown(least, name)} are needed"
            f"{plus}. Raise the quota, or lower requests or replicas.",
            steps=steps,
        )
    elif most > hard:
        yield quota.problem(
            RULE,
            f"is {_shown(hard, name)}, and at the largest scale {_shown(most, name)} are needed: "
            "autoscaling ends before its maximum. Raise the quota, or lower the maximum.",
            steps=steps,
            severity="warning",
        )


def _bounds(workload: Workload, ranges: list[dict[str, object]]) -> Iterator[Problem]:
    for steps, container in workload.containers():
        asked = with_defaults(container, ranges)
        for bounds in ranges:
            for word, breaks, side in (("max", _above, "limits"), ("min", _below, "requests")):
                for name, bound in amounts(map_at(bounds, word)).items():
                    other = next(each for each in SIDES if each != side)
                    value = asked[side].get(name, asked[other].get(name))
                    if value is not None and breaks(value, bound):
                        yield workload.placed.problem(
                            BOUNDS,
                            f"is {_shown(value, name)}, and the namespace's LimitRange has the "
                            f"{word} {_shown(bound, name)}: its pods are refused.",
                            steps=[*steps, "resources", side, name],
                        )


def _above(value: Decimal, bound: Decimal) -> bool:
    return value > bound


def _below(value: Decimal, bound: Decimal) -> bool:
    return value < bound


def _shown(value: Decimal, name: str) -> str:
    """As a person writes it: 1.5 CPU, 6Gi, 12."""
    if name.endswith(("memory", "storage")):
        for unit, size in UNITS.items():
            if value and value % size == 0:
                return f"{value // size}{unit}"
        return f"{value / UNITS['Mi']:.0f}Mi"
    text = f"{value.normalize():f}"
    return f"{text} CPU" if name.endswith("cpu") else text
