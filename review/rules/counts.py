"""How many objects a namespace is given, by the words of a ResourceQuota.

https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-on-object-count
"""

from collections import Counter
from decimal import Decimal

from review.rules.fields import maps_at, number_at, text_at
from review.rules.objects import Objects
from review.rules.placed import Placed

# The word for each kind; the generic form is `count/<resource>[.<group>]`.
WORDS = {
    "ConfigMap": ("configmaps", "count/configmaps"),
    "PersistentVolumeClaim": ("persistentvolumeclaims", "count/persistentvolumeclaims"),
    "ReplicationController": ("replicationcontrollers", "count/replicationcontrollers"),
    "ResourceQuota": ("resourcequotas", "count/resourcequotas"),
    "Secret": ("secrets", "count/secrets"),
    "Service": ("services", "count/services"),
    "Deployment": ("count/deployments.apps",),
    "StatefulSet": ("count/statefulsets.apps",),
    "Job": ("count/jobs.batch",),
    "CronJob": ("count/cronjobs.batch",),
    "Ingress": ("count/ingresses.networking.k8s.io",),
}
LOAD_BALANCERS = "services.loadbalancers"
NODE_PORTS = "services.nodeports"
KNOWN = {word for words in WORDS.values() for word in words} | {LOAD_BALANCERS, NODE_PORTS}


def counted(word: str) -> bool:
    """Whether a quota's word is one of those reckoned here."""
    return word in KNOWN


def counts(objects: Objects, namespace: str) -> dict[str, Decimal]:
    """Objects in the namespace by the quota's words. What controllers make is not among them."""
    found: Counter[str] = Counter()
    for kind, words in WORDS.items():
        for each in objects.of(kind):
            if each.namespace == namespace:
                found.update(words)
                if kind == "Service":
                    found.update(_ways_in(each))
    for each in objects.of("ExternalSecret"):
        if each.namespace == namespace:
            found.update(WORDS["Secret"])
    for workload in objects.workloads:
        placed = workload.placed
        if placed.namespace == namespace and placed.kind == "StatefulSet":
            claims = len(maps_at(placed.spec, "volumeClaimTemplates"))
            for word in WORDS["PersistentVolumeClaim"]:
                found[word] += claims * number_at(placed.spec, "replicas", default=1)
    return {word: Decimal(number) for word, number in found.items()}


def _ways_in(service: Placed) -> Counter[str]:
    """A Service for the outside takes a node port for each of its ports."""
    kind = text_at(service.spec, "type")
    ports = len(maps_at(service.spec, "ports"))
    found: Counter[str] = Counter()
    if kind == "LoadBalancer":
        found[LOAD_BALANCERS] = 1
    if kind == "NodePort" or (
        kind == "LoadBalancer" and service.spec.get("allocateLoadBalancerNodePorts") is not False
    ):
        found[NODE_PORTS] = ports
    return found
