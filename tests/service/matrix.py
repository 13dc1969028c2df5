"""Classes, strategies, exposures, environments: which go together, and the values of each."""

from dataclasses import dataclass
from functools import cache
from itertools import product

from tests.service.chart import ENVIRONMENTS, NAMESPACES, Objects, Values, render, service

CLASSES = tuple(NAMESPACES)
STRATEGIES = ("rolling", "blueGreen", "canary")
EXPOSURES = {
    "none": {"kind": "none"},
    "internal": {"kind": "internal"},
    "path": {"kind": "path", "path": "/orders"},
    "nodePort": {"kind": "nodePort", "nodePort": 30080},
    "loadBalancer": {"kind": "loadBalancer"},
}

# Requests can be switched inside the cluster or at the ALB, and weighed at the ALB alone.
REACHES = {
    "rolling": set(EXPOSURES),
    "blueGreen": {"internal", "path"},
    "canary": {"path"},
}


@dataclass(frozen=True)
class Case:
    service_class: str
    strategy: str
    exposure: str
    environment: str = "dev"

    def __str__(self) -> str:
        return "-".join((self.service_class, self.strategy, self.exposure, self.environment))

    @property
    def fits(self) -> bool:
        if self.service_class == "worker":
            return (self.strategy, self.exposure) == ("rolling", "none")
        return self.exposure in REACHES[self.strategy]

    @property
    def values(self) -> Values:
        return service(
            self.service_class,
            self.environment,
            strategy=self.strategy,
            exposure=EXPOSURES[self.exposure],
        )

    @property
    def objects(self) -> Objects:
        return _rendered(self)

    @property
    def autoscaler(self) -> dict:
        """The HPA, KEDA's too: its name, what it scales and between how many."""
        if self.service_class == "worker":
            spec = self.objects.one("ScaledObject")["spec"]
            return {
                "name": spec["advanced"]["horizontalPodAutoscalerConfig"]["name"],
                "target": spec["scaleTargetRef"],
                "min": spec["minReplicaCount"],
                "max": spec["maxReplicaCount"],
            }
        autoscaler = self.objects.one("HorizontalPodAutoscaler")
        spec = autoscaler["spec"]
        return {
            "name": autoscaler["metadata"]["name"],
            "target": spec["scaleTargetRef"],
            "min": spec["minReplicas"],
            "max": spec["maxReplicas"],
        }


@cache
def _rendered(case: Case) -> Objects:
    return render(case.values)


ALL = [Case(*each) for each in product(CLASSES, STRATEGIES, EXPOSURES, ENVIRONMENTS)]
FITTING = [case for case in ALL if case.fits]
REFUSED = [case for case in ALL if not case.fits and case.environment == "dev"]
