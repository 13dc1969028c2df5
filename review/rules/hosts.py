"""hosts: a host's path belongs to one Ingress, and a host to one load balancer.

Of two Ingresses with the same host and path, the AWS Load Balancer Controller lets the order of
their names decide, and the other gets no request, silently
(https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order).
A host whose Ingresses are of two classes would have two load balancers, and DNS names one.
"""

from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import maps_at, text_at
from review.rules.objects import Objects
from review.rules.placed import Placed

RULE = "hosts"
EVERY = "every host"


def check(objects: Objects) -> Iterator[Problem]:
    owners: dict[tuple[str, str, str], Placed] = {}
    classes: dict[str, Placed] = {}
    for ingress in objects.of("Ingress"):
        for number, rule in enumerate(maps_at(ingress.spec, "rules")):
            host = text_at(rule, "host").lower() or EVERY
            steps = ["spec", "rules", number]
            first = classes.setdefault(host, ingress)
            if _class(first) != _class(ingress):
                yield ingress.problem(
                    RULE,
                    f"{host} is of the class {_class(ingress)} here and of {_class(first)} in "
                    f"{first}: a host has one load balancer. Use its class, or another host.",
                    steps=[*steps, "host"],
                )
            for index, path in enumerate(maps_at(rule, "http", "paths")):
                kind, given = text_at(path, "pathType"), text_at(path, "path")
                key = host, kind, given.rstrip("/") if kind == "Prefix" else given
                if key in owners:
                    yield ingress.problem(
                        RULE,
                        f"{host}{given or '/'} ({kind}) is owned by {owners[key]} of the "
                        f"application {owners[key].application.name} already. Choose another path.",
                        steps=[*steps, "http", "paths", index, "path"],
                    )
                owners.setdefault(key, ingress)


def _class(ingress: Placed) -> str:
    return text_at(ingress.spec, "ingressClassName") or "(none)"
