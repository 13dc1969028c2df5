"""Other objects that a document names, beside those of its pods."""

from collections.abc import Iterator

from review.rules.fields import Object, list_at, map_at, maps_at, text_at
from review.rules.mentions import Mention, Steps, storage_class
from review.rules.placed import Placed

REFERRING = (
    "ExternalSecret", "HorizontalPodAutoscaler", "Ingress", "PersistentVolumeClaim", "Rollout",
    "ScaledJob", "ScaledObject", "TriggerAuthentication",
)  # fmt: skip


def references(placed: Placed) -> Iterator[Mention]:
    """Everything that the document names, other than in a pod's template."""
    match placed.kind:
        case "ExternalSecret":
            yield from _stores(placed)
        case "HorizontalPodAutoscaler" | "ScaledObject":
            target = map_at(placed.spec, "scaleTargetRef")
            # KEDA's default: https://keda.sh/docs/latest/reference/scaledobject-spec/
            kind = text_at(target, "kind") or "Deployment"
            steps = ["spec", "scaleTargetRef", "name"]
            yield Mention(kind=kind, name=text_at(target, "name"), steps=steps)
        case "Ingress":
            yield from _ingress(placed)
        case "PersistentVolumeClaim":
            yield from storage_class(placed.spec, [])
        case "Rollout":
            yield from _rollout(placed)
        case "TriggerAuthentication":
            for index, each in enumerate(maps_at(placed.spec, "secretTargetRef")):
                steps = ["spec", "secretTargetRef", index, "name"]
                yield Mention(kind="Secret", name=text_at(each, "name"), steps=steps)
    if placed.kind in {"ScaledObject", "ScaledJob"}:
        for index, trigger in enumerate(maps_at(placed.spec, "triggers")):
            reference = map_at(trigger, "authenticationRef")
            if name := text_at(reference, "name"):
                kind = text_at(reference, "kind") or "TriggerAuthentication"
                steps = ["spec", "triggers", index, "authenticationRef", "name"]
                yield Mention(kind=kind, name=name, steps=steps)


def _stores(placed: Placed) -> Iterator[Mention]:
    stores: list[tuple[Object, Steps]] = [
        (map_at(placed.spec, "secretStoreRef"), ["spec", "secretStoreRef"])
    ]
    for field in ("data", "dataFrom"):
        for index, each in enumerate(maps_at(placed.spec, field)):
            steps = ["spec", field, index, "sourceRef", "storeRef"]
            stores.append((map_at(each, "sourceRef", "storeRef"), steps))
    for reference, steps in stores:
        if name := text_at(reference, "name"):
            kind = text_at(reference, "kind") or "SecretStore"
            yield Mention(kind=kind, name=name, steps=[*steps, "name"])


def _ingress(placed: Placed) -> Iterator[Mention]:
    if name := text_at(placed.spec, "ingressClassName"):
        yield Mention(kind="IngressClass", name=name, steps=["spec", "ingressClassName"])
    for index, each in enumerate(maps_at(placed.spec, "tls")):
        if name := text_at(each, "secretName"):
            yield Mention(kind="Secret", name=name, steps=["spec", "tls", index, "secretName"])
    for number, rule in enumerate(maps_at(placed.spec, "rules")):
        for index, path in enumerate(maps_at(rule, "http", "paths")):
            if name := text_at(path, "backend", "service", "name"):
                steps = ["spec", "rules", number, "http", "paths", index, "backend", "service"]
                yield Mention(kind="Service", name=name, steps=steps)


SERVICES = (
    ("canary", "canaryService"), ("canary", "stableService"),
    ("canary", "pingPong", "pingService"), ("canary", "pingPong", "pongService"),
    ("canary", "trafficRouting", "alb", "rootService"),
    ("blueGreen", "activeService"), ("blueGreen", "previewService"),
)  # fmt: skip
ANALYSES = (
    ("canary", "analysis"), ("blueGreen", "prePromotionAnalysis"),
    ("blueGreen", "postPromotionAnalysis"),
)  # fmt: skip


def _rollout(placed: Placed) -> Iterator[Mention]:
    strategy = map_at(placed.spec, "strategy")
    for path in SERVICES:
        if name := text_at(strategy, *path):
            yield Mention(kind="Service", name=name, steps=["spec", "strategy", *path])
    route = ("canary", "trafficRouting", "alb")
    alb = map_at(strategy, *route)
    for name in [text_at(alb, "ingress"), *list_at(alb, "ingresses")]:
        if name and isinstance(name, str):
            yield Mention(kind="Ingress", name=name, steps=["spec", "strategy", *route, "ingress"])
    analyses: list[tuple[Object, Steps]] = [
        (map_at(strategy, *path), ["spec", "strategy", *path]) for path in ANALYSES
    ]
    for index, step in enumerate(maps_at(strategy, "canary", "steps")):
        steps = ["spec", "strategy", "canary", "steps", index, "analysis"]
        analyses.append((map_at(step, "analysis"), steps))
    for analysis, steps in analyses:
        for index, template in enumerate(maps_at(analysis, "templates")):
            if name := text_at(template, "templateName"):
                wide = template.get("clusterScope") is True
                kind = "ClusterAnalysisTemplate" if wide else "AnalysisTemplate"
                yield Mention(kind=kind, name=name, steps=[*steps, "templates", index])
