"""defined: what is named is made somewhere.

A pod whose Secret, ConfigMap or account is not there does not start; an ExternalSecret without its
store, a trigger without its authentication or an Ingress without its Service does nothing. All of
them sync green.
"""

from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import text_at
from review.rules.mentions import Mention, mentions
from review.rules.objects import Objects
from review.rules.placed import Placed
from review.rules.references import REFERRING, references
from review.scope import CLUSTER_SCOPED

RULE = "defined"
# Kind and name of what no manifest makes, and who does.
KNOWN = {
    ("ConfigMap", "kube-root-ca.crt"): "Kubernetes, in every namespace",
    ("PriorityClass", "system-cluster-critical"): "Kubernetes",
    ("PriorityClass", "system-node-critical"): "Kubernetes",
    ("Secret", "kedaorg-certs"): "KEDA's operator, when it starts",
    ("ServiceAccount", "default"): "Kubernetes, in every namespace",
}
MENDS = {
    "Secret": "Name it in the service's `secrets`, or make an ExternalSecret of it.",
    "SecretStore": "The platform's stores are called secrets-manager.",
}


def check(objects: Objects) -> Iterator[Problem]:
    made = _made(objects)
    for workload in objects.workloads:
        for mention in mentions(workload):
            yield from _missing(mention, workload.placed, objects, made)
    for placed in objects.of(*REFERRING):
        for mention in references(placed):
            yield from _missing(mention, placed, objects, made)


def _made(objects: Objects) -> set[tuple[str, str, str]]:
    """Kind, namespace and name of what controllers make of the documents; the namespace is * where
    it may be any."""
    made = {
        ("Secret", each.namespace, text_at(each.spec, "target", "name") or each.name)
        for each in objects.of("ExternalSecret")
        if text_at(each.spec, "target", "creationPolicy") != "None"
    }
    for each in objects.of("ClusterExternalSecret"):
        target = text_at(each.spec, "externalSecretSpec", "target", "name")
        name = target or text_at(each.spec, "externalSecretName") or each.name
        made.add(("Secret", "*", name))
    return made


def _missing(
    mention: Mention, placed: Placed, objects: Objects, made: set[tuple[str, str, str]]
) -> Iterator[Problem]:
    kind, name = mention.kind, mention.name
    namespace = "" if kind in CLUSTER_SCOPED else placed.namespace
    if (
        objects.named(kind, name, namespace=namespace)
        or {(kind, namespace, name), (kind, "*", name)} & made
        or (kind, name) in KNOWN
        or objects.unmade(namespace)
    ):
        return
    where = f" in {namespace}" if namespace else ""
    mend = MENDS.get(kind, "Make it, or name one that is there.")
    yield placed.problem(
        RULE,
        f"there is no {kind} {name}{where}. {mend}",
        steps=mention.steps,
        # A controller of others may make it by itself.
        severity="error" if placed.own else "warning",
    )
