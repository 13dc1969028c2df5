"""Rules inside a pod: containers, their ports, probes, resources and mounts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from review.problem import Problem, path_of

Document = dict[str, Any]
Steps = list[str | int]

HANDLERS = ("exec", "grpc", "httpGet", "tcpSocket")
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
CONTAINERS = ("initContainers", "containers")
TEMPLATES: dict[str, Steps] = {
    "CronJob": ["spec", "jobTemplate", "spec", "template"],
    "DaemonSet": ["spec", "template"],
    "Deployment": ["spec", "template"],
    "Job": ["spec", "template"],
    "Pod": [],
    "ReplicaSet": ["spec", "template"],
    "Rollout": ["spec", "template"],
    "ScaledJob": ["spec", "jobTargetRef", "template"],
    "StatefulSet": ["spec", "template"],
}
SUFFIXES = {
    "n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("1e-3"), "": Decimal(1),
    "k": Decimal(10) ** 3, "M": Decimal(10) ** 6, "G": Decimal(10) ** 9,
    "T": Decimal(10) ** 12, "P": Decimal(10) ** 15, "E": Decimal(10) ** 18,
    "Ki": Decimal(2) ** 10, "Mi": Decimal(2) ** 20, "Gi": Decimal(2) ** 30,
    "Ti": Decimal(2) ** 40, "Pi": Decimal(2) ** 50, "Ei": Decimal(2) ** 60,
}  # fmt: skip


def quantity(value: str | float) -> Decimal:
    """`"250m"` is 0.25, `"1Gi"` 1073741824: in cores and bytes."""
    text = str(value)
    suffix = text.lstrip("+-.0123456789")
    if suffix in SUFFIXES:
        return Decimal(text.removesuffix(suffix)) * SUFFIXES[suffix]
    return Decimal(text)  # 1e3


def templates(document: Document) -> Iterator[tuple[Steps, Document]]:
    """The pod's template in a document of any shape, and where it is. A StatefulSet's claims are
    volumes too."""
    steps = TEMPLATES.get(document["kind"])
    if steps is None:
        return
    node: Any = document
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else None
    if isinstance(node, dict) and isinstance(node.get("spec"), dict) and node["spec"]:
        volumes = node["spec"].get("volumes")
        if claims := _claims(document["spec"].get("volumeClaimTemplates")):
            volumes = [*(volumes if isinstance(volumes, list) else []), *claims]
            node = {**node, "spec": {**node["spec"], "volumes": volumes}}
        yield list(steps), node


def _claims(templates: Any) -> list[Document]:
    """The volumes that a StatefulSet makes of its claims: named like them."""
    metadata = [
        template.get("metadata")
        for template in (templates if isinstance(templates, list) else [])
        if isinstance(template, dict)
    ]
    return [
        {"name": each["name"]} for each in metadata if isinstance(each, dict) and "name" in each
    ]


def check(template: Document, steps: Steps) -> Iterator[Problem]:
    spec = template["spec"]
    volumes = [volume["name"] for volume in spec.get("volumes", [])]
    for index, name in enumerate(volumes):
        if name in volumes[:index]:
            yield _problem([*steps, "spec", "volumes", index, "name"], f"{name} is there twice")
    seen: list[str] = []
    for field in CONTAINERS:
        for index, container in enumerate(spec.get(field, [])):
            place = [*steps, "spec", field, index]
            if container["name"] in seen:
                yield _problem([*place, "name"], f"{container['name']} is there twice")
            seen.append(container["name"])
            yield from _container(container, place, volumes=volumes)


def _container(container: Document, steps: Steps, *, volumes: list[str]) -> Iterator[Problem]:
    if "image" not in container:
        yield _problem([*steps, "image"], "is missing")
    ports = [port["name"] for port in container.get("ports", []) if "name" in port]
    for index, name in enumerate(ports):
        if name in ports[:index]:
            yield _problem([*steps, "ports"], f"the port {name} is there twice")
    for probe in PROBES:
        if probe in container:
            yield from _probe(container[probe], [*steps, probe], ports=ports)
    for index, mount in enumerate(container.get("volumeMounts", [])):
        if mount["name"] not in volumes:
            yield _problem(
                [*steps, "volumeMounts", index, "name"], f"there is no volume {mount['name']}"
            )
    resources = container.get("resources", {})
    for name, request in resources.get("requests", {}).items():
        limit = resources.get("limits", {}).get(name)
        if limit is not None and quantity(request) > quantity(limit):
            yield _problem(
                [*steps, "resources", "requests", name], f"is {request}, above its limit, {limit}"
            )
    named = [each["name"] for each in container.get("env", [])]
    for index, name in enumerate(named):
        if name in named[:index]:
            yield _problem(
                [*steps, "env", index, "name"], f"{name} is there twice; the last one wins"
            )


def _probe(probe: Document, steps: Steps, *, ports: list[str]) -> Iterator[Problem]:
    handlers = [name for name in HANDLERS if name in probe]
    if len(handlers) != 1:
        yield _problem(
            steps, f"takes exactly one of {', '.join(HANDLERS)}, and has {len(handlers)}"
        )
    if steps[-1] != "readinessProbe" and probe.get("successThreshold", 1) != 1:
        yield _problem([*steps, "successThreshold"], "must be 1 here")
    for name in handlers:
        port = probe[name].get("port")
        if isinstance(port, str) and port not in ports:
            yield _problem([*steps, name, "port"], f"the container has no port {port}")
        if isinstance(port, int) and not 1 <= port <= 65535:
            yield _problem([*steps, name, "port"], f"must be from 1 to 65535, not {port}")


def _problem(steps: Steps, message: str) -> Problem:
    return Problem(rule="pod", path=path_of(steps), message=message)
