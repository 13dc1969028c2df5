"""reached: a Service's selector finds pods, and an Ingress names a port that its Service has.

A Service without pods answers every request with an error, and its Ingress with 503; both are
healthy to Argo CD. https://kubernetes.io/docs/concepts/services-networking/service/
"""

from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import map_at, maps_at, text_at
from review.rules.objects import Objects
from review.rules.placed import Placed
from review.rules.target_groups import ANNOTATION

RULE = "reached"


def check(objects: Objects) -> Iterator[Problem]:
    for service in objects.of("Service"):
        wanted = map_at(service.spec, "selector")
        if not wanted or not service.own:
            continue
        selector = {"matchLabels": wanted}
        pods = objects.labelled.selected(selector, namespace=service.namespace)
        if not pods and not objects.unmade(service.namespace):
            yield service.problem(
                RULE,
                "selects no pod that is made here. Write labels of the pods' template.",
                steps=["spec", "selector"],
            )
    for ingress in objects.of("Ingress"):
        for number, rule in enumerate(maps_at(ingress.spec, "rules")):
            for index, path in enumerate(maps_at(rule, "http", "paths")):
                steps = ["spec", "rules", number, "http", "paths", index, "backend"]
                yield from _port(ingress, map_at(path, "backend", "service"), steps, objects)


def _port(
    ingress: Placed, backend: dict[str, object], steps: list[str | int], objects: Objects
) -> Iterator[Problem]:
    service = objects.named("Service", text_at(backend, "name"), namespace=ingress.namespace)
    port = map_at(backend, "port")
    wanted = port.get("name") or port.get("number")
    if service is None or wanted in (None, ANNOTATION):
        return
    ports = maps_at(service.spec, "ports")
    known = [each.get(key) for each in ports for key in ("name", "port")]
    if wanted not in known:
        yield ingress.problem(
            RULE,
            f"{service} has no port {wanted}. Name one of its ports.",
            steps=[*steps, "service", "port"],
        )
