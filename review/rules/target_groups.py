"""target-groups: an ALB has at most 100 target groups, and 100 rules.

The first cannot be raised, the second can:
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
The controller makes a target group for each Service and port that an Ingress names, and a rule for
each path; Ingresses of one group share an ALB
(https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup).
A Rollout that moves its weights by the ALB has two target groups: ping and pong, or stable and
canary (https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/alb/).
"""

from collections import defaultdict
from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import list_at, map_at, maps_at, text_at
from review.rules.objects import Objects
from review.rules.placed import Placed

RULE = "target-groups"
MOST = 100
NEAR = 80
GROUP = "alb.ingress.kubernetes.io/group.name"
CONTROLLER = "ingress.k8s.aws/alb"
# What Argo Rollouts writes into an annotation, and the Ingress names instead of a port.
ANNOTATION = "use-annotation"


def check(objects: Objects) -> Iterator[Problem]:
    doubled = {
        (each.namespace, ingress, text_at(alb, "rootService") or _stable(each))
        for each in objects.of("Rollout")
        if (alb := map_at(each.spec, "strategy", "canary", "trafficRouting", "alb"))
        for ingress in [text_at(alb, "ingress"), *map(str, list_at(alb, "ingresses"))]
    }
    groups: defaultdict[str, int] = defaultdict(int)
    rules: defaultdict[str, int] = defaultdict(int)
    last: dict[str, Placed] = {}
    for ingress in objects.of("Ingress"):
        if not (balancer := _balancer(ingress, objects)):
            continue
        last[balancer] = ingress
        backends = {
            (name, str(port.get("number") or port.get("name"))) for name, port in _backends(ingress)
        }
        for name, port in backends:
            twice = (ingress.namespace, ingress.name, name) in doubled and port == ANNOTATION
            groups[balancer] += 2 if twice else 1
        rules[balancer] += sum(
            len(maps_at(rule, "http", "paths")) for rule in maps_at(ingress.spec, "rules")
        )
    for balancer, ingress in last.items():
        yield from _said(ingress, balancer, groups[balancer], "target groups", raisable=False)
        yield from _said(ingress, balancer, rules[balancer], "rules", raisable=True)


def _said(
    ingress: Placed, balancer: str, number: int, what: str, *, raisable: bool
) -> Iterator[Problem]:
    if number < NEAR:
        return
    mend = "Ask AWS for more rules, or give" if raisable else "Give"
    yield ingress.problem(
        RULE,
        f"the load balancer {balancer} gets {number} {what}, and may have {MOST}. {mend} some "
        "services a host of their own, in an ingress class of its own.",
        severity="error" if number > MOST and not raisable else "warning",
    )


def _balancer(ingress: Placed, objects: Objects) -> str:
    """The group that the Ingress joins, or itself; empty where it is another controller's."""
    found = objects.named("IngressClass", text_at(ingress.spec, "ingressClassName"))
    if found is None or text_at(found.spec, "controller") != CONTROLLER:
        return ""
    params = objects.named("IngressClassParams", text_at(found.spec, "parameters", "name"))
    group = text_at(params.spec, "group", "name") if params else ""
    own = text_at(ingress.content, "metadata", "annotations", GROUP)
    return group or own or f"of {ingress.namespace}/{ingress.name} alone"


def _backends(ingress: Placed) -> Iterator[tuple[str, dict[str, object]]]:
    """Name and port of each Service that the Ingress names."""
    paths = [
        path for rule in maps_at(ingress.spec, "rules") for path in maps_at(rule, "http", "paths")
    ]
    for backend in [map_at(ingress.spec, "defaultBackend"), *(map_at(p, "backend") for p in paths)]:
        if name := text_at(backend, "service", "name"):
            yield name, map_at(backend, "service", "port")


def _stable(rollout: Placed) -> str:
    return text_at(rollout.spec, "strategy", "canary", "stableService")
