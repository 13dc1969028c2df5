"""What the API server checks in code and no schema says: names, and fields that bind each other.

They read documents that fit their schema. Sources: the validation packages of Kubernetes, as told
in https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and .../labels/, and the
API reference of each kind.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from review.problem import Problem, path_of
from review.schemas import pods

Document = dict[str, Any]
Steps = list[str | int]

LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
SUBDOMAIN = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")
QUALIFIED = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
VALUE = re.compile(r"([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?")
# Names of these may hold what a path segment may: system:node, for instance.
RBAC = {"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"}
# Names that become a DNS label, or a part of one.
LABEL_NAMED = {"Namespace", "Service"}
# A Job's pods bear its name, and a CronJob adds eleven characters to its own.
LONGEST = {"CronJob": 52, "Job": 63}
ANNOTATIONS_BYTES = 256 * 1024


def check(document: Document) -> Iterator[Problem]:
    yield from _metadata(document["kind"], document["metadata"])
    if rule := KINDS.get(document["kind"]):
        yield from rule(document)
    for steps, template in pods.templates(document):
        if steps:  # a Pod's own are checked above
            given = template.get("metadata", {}).get("labels", {})
            yield from labels(given, [*steps, "metadata", "labels"])
        yield from pods.check(template, steps)


def _problem(rule: str, steps: Steps, message: str) -> Problem:
    return Problem(rule=rule, path=path_of(steps), message=message)


def _metadata(kind: str, metadata: Document) -> Iterator[Problem]:
    name = metadata.get("name")
    if name is None and "generateName" not in metadata:
        yield _problem("name", ["metadata", "name"], "is missing")
    if name is not None and kind not in RBAC:
        pattern, most = (LABEL, 63) if kind in LABEL_NAMED else (SUBDOMAIN, LONGEST.get(kind, 253))
        if not pattern.fullmatch(name) or ".." in name or len(name) > most:
            yield _problem(
                "name",
                ["metadata", "name"],
                f'"{name}" is no name of a {kind}: at most {most} of a-z, 0-9'
                f"{' and -' if pattern is LABEL else ', - and .'}, a letter or digit at both ends",
            )
    namespace = metadata.get("namespace")
    if namespace is not None and not LABEL.fullmatch(namespace):
        yield _problem("name", ["metadata", "namespace"], f'"{namespace}" is no namespace\'s name')
    yield from labels(metadata.get("labels", {}), ["metadata", "labels"])
    for key in metadata.get("annotations", {}):
        yield from _key(key, ["metadata", "annotations", key])
    size = sum(
        len(f"{key}{value}".encode()) for key, value in metadata.get("annotations", {}).items()
    )
    if size > ANNOTATIONS_BYTES:
        yield _problem("name", ["metadata", "annotations"], f"are {size} bytes: at most 256 KiB")


def labels(given: dict[str, str], steps: Steps) -> Iterator[Problem]:
    for key, value in given.items():
        yield from _key(key, [*steps, key])
        if not VALUE.fullmatch(value):
            yield _problem(
                "label",
                [*steps, key],
                f'"{value}" is no label\'s value: at most 63 of letters, digits, -, _ and .,'
                " a letter or digit at both ends",
            )


def _key(key: str, steps: Steps) -> Iterator[Problem]:
    prefix, slash, name = key.rpartition("/")
    if not QUALIFIED.fullmatch(name) or (slash and not SUBDOMAIN.fullmatch(prefix)):
        yield _problem(
            "label", steps, f'"{key}" is no key: [domain/]name, the name at most 63 long'
        )


def _pod_disruption_budget(document: Document) -> Iterator[Problem]:
    spec = document.get("spec", {})
    if "minAvailable" in spec and "maxUnavailable" in spec:
        yield _problem("pdb", ["spec"], "takes minAvailable or maxUnavailable, not both")
    for field in ("minAvailable", "maxUnavailable"):
        if field in spec and not _share(spec[field]):
            yield _problem(
                "pdb", ["spec", field], f'"{spec[field]}" is neither a number nor a percentage'
            )


def _share(value: int | str) -> bool:
    return value >= 0 if isinstance(value, int) else bool(re.fullmatch(r"[0-9]+%", value))


def _workload(document: Document) -> Iterator[Problem]:
    spec = document.get("spec", {})
    wanted = spec.get("selector", {}).get("matchLabels", {})
    given = spec.get("template", {}).get("metadata", {}).get("labels", {})
    for key, value in wanted.items():
        if "template" in spec and given.get(key) != value:
            yield _problem(
                "selector",
                ["spec", "selector", "matchLabels", key],
                f"is {value}, and the pods' label is {given.get(key, 'missing')}",
            )
    strategy = spec.get("strategy", {})
    if strategy.get("type") == "Recreate" and "rollingUpdate" in strategy:
        yield _problem(
            "strategy", ["spec", "strategy", "rollingUpdate"], "does not go with Recreate"
        )
    rolling = strategy.get("rollingUpdate", {})
    if _zero(rolling.get("maxSurge")) and _zero(rolling.get("maxUnavailable")):
        yield _problem(
            "strategy", ["spec", "strategy", "rollingUpdate"], "cannot have both shares at 0"
        )


def _zero(value: object) -> bool:
    return value in (0, "0", "0%")


def _service(document: Document) -> Iterator[Problem]:
    spec = document.get("spec", {})
    ports = spec.get("ports", [])
    if not ports and spec.get("type") != "ExternalName" and spec.get("clusterIP") != "None":
        yield _problem("service", ["spec", "ports"], "is missing")
    names = [port.get("name") for port in ports]
    for index, name in enumerate(names):
        if len(ports) > 1 and not name:
            yield _problem(
                "service", ["spec", "ports", index, "name"], "is missing: one of several ports"
            )
        if name and name in names[:index]:
            yield _problem("service", ["spec", "ports", index, "name"], f"{name} is there twice")


def _horizontal_pod_autoscaler(document: Document) -> Iterator[Problem]:
    spec = document.get("spec", {})
    least, most = spec.get("minReplicas", 1), spec["maxReplicas"]
    if least > most:
        yield _problem("hpa", ["spec", "minReplicas"], f"is {least}, above maxReplicas, {most}")


def _scaled_object(document: Document) -> Iterator[Problem]:
    spec = document["spec"]
    least, most = spec.get("minReplicaCount", 0), spec.get("maxReplicaCount", 100)
    if least > most:
        yield _problem(
            "scaled-object",
            ["spec", "minReplicaCount"],
            f"is {least}, above maxReplicaCount, {most}",
        )
    idle = spec.get("idleReplicaCount")
    if idle is not None and idle >= least:
        yield _problem(
            "scaled-object", ["spec", "idleReplicaCount"], f"must be below minReplicaCount, {least}"
        )


def _ingress(document: Document) -> Iterator[Problem]:
    for index, rule in enumerate(document.get("spec", {}).get("rules", [])):
        for number, path in enumerate(rule.get("http", {}).get("paths", [])):
            steps: Steps = ["spec", "rules", index, "http", "paths", number, "path"]
            given = path.get("path")
            if path["pathType"] != "ImplementationSpecific" and given is None:
                yield _problem("ingress", steps, f"is missing, and pathType is {path['pathType']}")
            elif given is not None and not given.startswith("/"):
                yield _problem("ingress", steps, f'"{given}" does not begin with /')


def _network_policy(document: Document) -> Iterator[Problem]:
    spec = document.get("spec", {})
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for index, rule in enumerate(spec.get(direction, [])):
            for number, peer in enumerate(rule.get(peers, [])):
                if ("ipBlock" in peer and len(peer) > 1) or not peer:
                    yield _problem(
                        "network-policy",
                        ["spec", direction, index, peers, number],
                        "is either an ipBlock or selectors" if peer else "is empty",
                    )


KINDS: dict[str, Callable[[Document], Iterator[Problem]]] = {
    "DaemonSet": _workload,
    "Deployment": _workload,
    "HorizontalPodAutoscaler": _horizontal_pod_autoscaler,
    "Ingress": _ingress,
    "NetworkPolicy": _network_policy,
    "PodDisruptionBudget": _pod_disruption_budget,
    "Rollout": _workload,
    "ScaledObject": _scaled_object,
    "Service": _service,
    "StatefulSet": _workload,
}
