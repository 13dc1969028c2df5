"""Other objects that a pod names: Secrets, ConfigMaps, accounts, classes, claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.rules.fields import Object, map_at, maps_at, text_at
from review.rules.workloads import Workload

Steps = list[str | int]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """An object that must be there. steps: where it is named."""

    kind: str
    name: str
    steps: Sequence[str | int]


# A volume's source, the object that it is of, and the key of its name.
VOLUMES = (
    ("secret", "Secret", "secretName"),
    ("configMap", "ConfigMap", "name"),
    ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
)
OF_POD = (("serviceAccountName", "ServiceAccount"), ("priorityClassName", "PriorityClass"))
ENVIRONMENT = (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap"))
ENVIRONMENTS = (("secretRef", "Secret"), ("configMapRef", "ConfigMap"))


def mentions(workload: Workload) -> Iterator[Mention]:
    """Everything that the pod cannot start without; what is `optional: true` is left out."""
    place: Steps = [*workload.steps, "spec"]
    spec = workload.spec
    for key, kind in OF_POD:
        if name := text_at(spec, key):
            yield Mention(kind=kind, name=name, steps=[*place, key])
    for index, each in enumerate(maps_at(spec, "imagePullSecrets")):
        if name := text_at(each, "name"):
            yield Mention(kind="Secret", name=name, steps=[*place, "imagePullSecrets", index])
    for index, volume in enumerate(maps_at(spec, "volumes")):
        yield from _volume(volume, [*place, "volumes", index])
    for steps, container in workload.containers():
        yield from _container(container, steps)
    for index, claim in enumerate(maps_at(workload.placed.spec, "volumeClaimTemplates")):
        yield from storage_class(map_at(claim, "spec"), ["spec", "volumeClaimTemplates", index])


def storage_class(claim: Object, steps: Steps) -> Iterator[Mention]:
    """The class that a claim's spec names; an empty one asks for none."""
    if name := text_at(claim, "storageClassName"):
        yield Mention(kind="StorageClass", name=name, steps=[*steps, "spec", "storageClassName"])


def _volume(volume: Object, place: Steps) -> Iterator[Mention]:
    for source, kind, key in VOLUMES:
        yield from _named(map_at(volume, source), kind, [*place, source], key)
    for index, each in enumerate(maps_at(volume, "projected", "sources")):
        for source, kind in (("secret", "Secret"), ("configMap", "ConfigMap")):
            steps = [*place, "projected", "sources", index, source]
            yield from _named(map_at(each, source), kind, steps)
    template = map_at(volume, "ephemeral", "volumeClaimTemplate")
    yield from storage_class(map_at(template, "spec"), [*place, "ephemeral", "volumeClaimTemplate"])


def _container(container: Object, place: Steps) -> Iterator[Mention]:
    for index, variable in enumerate(maps_at(container, "env")):
        for key, kind in ENVIRONMENT:
            steps = [*place, "env", index, "valueFrom", key]
            yield from _named(map_at(variable, "valueFrom", key), kind, steps)
    for index, each in enumerate(maps_at(container, "envFrom")):
        for key, kind in ENVIRONMENTS:
            yield from _named(map_at(each, key), kind, [*place, "envFrom", index, key])


def _named(source: Object, kind: str, steps: Steps, key: str = "name") -> Iterator[Mention]:
    name = text_at(source, key)
    if name and source.get("optional") is not True:
        yield Mention(kind=kind, name=name, steps=[*steps, key])
