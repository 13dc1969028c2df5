"""namespaces: what runs does so in a namespace that is made here, and closed until opened.

A namespace that a sync made by the way has no quota, no Pod Security level and no policy. Without a
policy that denies everything, every pod that no other policy selects may talk to anybody:
https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies
"""

from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import list_at
from review.rules.objects import Objects
from review.rules.placed import Placed

RULE = "namespaces"
# Who makes the namespaces that are not made here.
OTHERS = {"argocd": "Terraform", "kube-system": "Kubernetes"}


def check(objects: Objects) -> Iterator[Problem]:
    if not objects.namespaces and objects.unmade():
        return  # what makes the namespaces does not render, and that is said already
    first: dict[str, Placed] = {}
    for workload in objects.workloads:
        first.setdefault(workload.placed.namespace, workload.placed)
    for name, placed in first.items():
        if name not in objects.namespaces and name not in OTHERS:
            yield placed.problem(
                RULE,
                f"there is no namespace {name}: it would have no quota and no policy. "
                "Add it to the platform's, or use one of them.",
                steps=["metadata", "namespace"],
            )
    closed = {each.namespace for each in objects.of("NetworkPolicy") if _denies(each)}
    for name, placed in objects.namespaces.items():
        if name in first and name not in closed:
            yield placed.problem(
                RULE,
                "has no NetworkPolicy that denies everything both ways. Add one with an empty "
                "podSelector, policyTypes Ingress and Egress, and no rules.",
            )


def _denies(policy: Placed) -> bool:
    spec = policy.spec
    return (
        spec.get("podSelector") == {}
        and sorted(map(str, list_at(spec, "policyTypes"))) == ["Egress", "Ingress"]
        and not spec.get("ingress")
        and not spec.get("egress")
    )
