"""What runs pods: their template, and how many of them there are at least and at most."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review.rules.fields import Object, map_at, maps_at, number_at, share, text_at
from review.rules.placed import Placed
from review.schemas import pods

SCALED = ("Deployment", "ReplicaSet", "Rollout", "StatefulSet")
# Pods that come and go: none at the smallest scale.
PASSING = ("CronJob", "Job", "ScaledJob")
# Kinds of which an operator makes pods while it runs: no manifest holds them.
OPERATED = ("Alertmanager", "Prometheus")
# https://keda.sh/docs/latest/reference/scaledobject-spec/ and .../scaledjob-spec/
KEDA_MAXIMUM = 100
# https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge, and the same in
# https://argo-rollouts.readthedocs.io/en/stable/features/specification/
SURGE = "25%"


@dataclass(frozen=True, kw_only=True)
class Workload:
    """placed: the document. steps: where in it the pods' template is. template: the template.

    least, most: pods at the smallest and the largest scale. surge: pods that a rollout adds at the
    smallest scale, or that a job adds when it runs. A DaemonSet's pods are as many as nodes, which
    no file says: all three are 0.
    """

    placed: Placed
    steps: tuple[str | int, ...]
    template: Object
    least: int
    most: int
    surge: int

    @property
    def spec(self) -> Object:
        return map_at(self.template, "spec")

    @property
    def labels(self) -> Object:
        return map_at(self.template, "metadata", "labels")

    def containers(self) -> Iterator[tuple[list[str | int], Object]]:
        """Every container, those that only prepare among them, and where it is."""
        for field in ("initContainers", "containers"):
            for index, container in enumerate(maps_at(self.spec, field)):
                yield [*self.steps, "spec", field, index], container


Kinds = Mapping[str, list[Placed]]


def workloads(kinds: Kinds) -> list[Workload]:
    """Every workload among the documents, which are given by kind."""
    scales = _scales(kinds)
    return [
        _workload(placed, tuple(steps), template, scales)
        for kind in pods.TEMPLATES
        for placed in kinds.get(kind, ())
        for steps, template in pods.templates(placed.content)
    ]


Scales = dict[tuple[str, str, str], tuple[int, int]]


def _scales(kinds: Kinds) -> Scales:
    """The least and the most replicas that an autoscaler sets, by the target's kind and place."""
    found: Scales = {}
    for each in kinds.get("HorizontalPodAutoscaler", ()):
        target = map_at(each.spec, "scaleTargetRef")
        least = number_at(each.spec, "minReplicas", default=1)
        most = number_at(each.spec, "maxReplicas", default=least)
        found[text_at(target, "kind"), each.namespace, text_at(target, "name")] = least, most
    for each in kinds.get("ScaledObject", ()):
        target = map_at(each.spec, "scaleTargetRef")
        least = number_at(each.spec, "minReplicaCount", default=0)
        least = number_at(each.spec, "idleReplicaCount", default=least)
        most = number_at(each.spec, "maxReplicaCount", default=KEDA_MAXIMUM)
        kind = text_at(target, "kind") or "Deployment"
        found[kind, each.namespace, text_at(target, "name")] = least, most
    return found


def _workload(
    placed: Placed, steps: tuple[str | int, ...], template: Object, scales: Scales
) -> Workload:
    least = most = surge = 0
    spec = placed.spec
    if placed.kind in SCALED:
        stated = number_at(spec, "replicas", default=1)
        key = placed.kind, placed.namespace, placed.name
        least, most = scales.get(key, (stated, stated))
        surge = _surge(placed, least)
    elif placed.kind == "Pod":
        least = most = 1
    elif placed.kind in PASSING:
        job = {
            "CronJob": map_at(spec, "jobTemplate", "spec"),
            "ScaledJob": map_at(spec, "jobTargetRef"),
        }.get(placed.kind, spec)
        surge = number_at(job, "parallelism", default=1)
        several = placed.kind == "ScaledJob"
        most = surge * (number_at(spec, "maxReplicaCount", default=KEDA_MAXIMUM) if several else 1)
    return Workload(
        placed=placed, steps=steps, template=template, least=least, most=most, surge=surge
    )


def _surge(placed: Placed, replicas: int) -> int:
    """Pods that stand beside the old ones while a new version comes.

    Blue-green brings up the whole new set first. A canary behind a traffic router keeps the old set
    whole until the end, and so needs as many again; without a router it replaces pod by pod:
    https://argo-rollouts.readthedocs.io/en/stable/features/canary/#dynamic-stable-scale-with-traffic-routing
    """
    strategy = map_at(placed.spec, "strategy")
    if placed.kind == "Deployment" and strategy.get("type") != "Recreate":
        return share(map_at(strategy, "rollingUpdate").get("maxSurge", SURGE), replicas)
    if placed.kind != "Rollout":
        return 0
    canary = map_at(strategy, "canary")
    if "blueGreen" in strategy:
        return replicas
    if "trafficRouting" in canary and not canary.get("dynamicStableScale"):
        return replicas
    return share(canary.get("maxSurge", SURGE), replicas)
