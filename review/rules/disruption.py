"""disruption: a PodDisruptionBudget keeps a service up, and lets a node be drained.

A budget that no pod may leave at the smallest scale holds up every drain, and so every upgrade of a
node; without one, a drain may take all pods at once; with two for one pod, the API server refuses
every eviction. https://kubernetes.io/docs/tasks/run-application/configure-pdb/
"""

from collections import defaultdict
from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import share
from review.rules.objects import Objects
from review.rules.placed import Placed
from review.rules.workloads import OPERATED, SCALED, Workload

RULE = "disruption"


def check(objects: Objects) -> Iterator[Problem]:
    operated = {each.namespace for each in objects.of(*OPERATED)}
    budgets: defaultdict[int, list[Placed]] = defaultdict(list)
    for budget in objects.of("PodDisruptionBudget"):
        held = objects.labelled.selected(budget.spec.get("selector"), namespace=budget.namespace)
        for each in held:
            budgets[id(each)].append(budget)
        if not held and budget.namespace not in operated and not objects.unmade(budget.namespace):
            yield budget.problem(
                RULE,
                "selects no pod that is made here. Write the labels of the pods' template.",
                steps=["spec", "selector"],
                severity="error" if budget.own else "warning",
            )
        yield from _blocking(budget, held)
    for each in objects.workloads:
        yield from _of(each, budgets[id(each)])


def _blocking(budget: Placed, held: list[Workload]) -> Iterator[Problem]:
    """Where no pod may go at the smallest scale; one pod at least is looked at."""
    if not any(each.placed.kind in SCALED for each in held):
        return
    least = max(1, sum(each.least for each in held))
    if "minAvailable" in budget.spec:
        field = "minAvailable"
        allowed = least - share(budget.spec[field], least)
    else:
        field = "maxUnavailable"
        allowed = share(budget.spec.get(field), least)
    if allowed <= 0:
        count = "1 replica" if least == 1 else f"{least} replicas"
        yield budget.problem(
            RULE,
            f"is {budget.spec.get(field)}, and there are {count} at the smallest scale: no pod may "
            "ever be evicted, and no node drained. Allow one to go, by maxUnavailable: 1.",
            steps=["spec", field],
        )


def _of(workload: Workload, budgets: list[Placed]) -> Iterator[Problem]:
    if len(budgets) > 1:
        others = ", ".join(each.name for each in budgets)
        yield workload.placed.problem(
            RULE,
            f"has several PodDisruptionBudgets, {others}: the API server then evicts none of its "
            "pods. Leave one.",
        )
    if not budgets and workload.placed.own and workload.least >= 2:
        yield workload.placed.problem(
            RULE,
            f"has {workload.least} replicas at least, and no PodDisruptionBudget: a drain may take "
            "them all at once. Add one, with minAvailable: 1.",
        )
