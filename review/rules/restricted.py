"""The restricted Pod Security Standard: the baseline, and a pod that can do little by itself.

As of Kubernetes 1.36, by https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
and the checks of https://github.com/kubernetes/pod-security-admission; 1.35 has the same ones.
"""

from collections.abc import Callable, Iterator, Mapping

from review.rules import baseline
from review.rules.fields import list_at, map_at, maps_at
from review.rules.pod import Breach, Pod

VOLUMES = {
    "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
    "projected", "secret",
}  # fmt: skip
ADDABLE = "NET_BIND_SERVICE"


def volume_types(pod: Pod) -> Iterator[Breach]:
    for index, volume in enumerate(maps_at(pod.spec, "volumes")):
        sources = {key for key, value in volume.items() if value is not None and key != "name"}
        # One without a source is an emptyDir; so the API server makes it.
        if sources and not sources & VOLUMES:
            yield Breach(
                steps=["spec", "volumes", index],
                message=f"is of the kind {', '.join(sorted(sources))}. Use a claim, or emptyDir",
            )


def escalation(pod: Pod) -> Iterator[Breach]:
    if pod.windows:
        return
    for steps, container in pod.containers():
        if map_at(container, "securityContext").get("allowPrivilegeEscalation") is not False:
            yield Breach(
                steps=[*steps, "securityContext", "allowPrivilegeEscalation"],
                message="must be false",
            )


def non_root(pod: Pod) -> Iterator[Breach]:
    if pod.in_user_namespace:
        return
    if map_at(pod.spec, "securityContext").get("runAsNonRoot") is False:
        yield Breach(steps=["spec", "securityContext", "runAsNonRoot"], message="must be true")
    for steps, value in pod.settled("runAsNonRoot"):
        if value is not True:
            yield Breach(steps=steps, message="must be true, here or for the pod")


def user(pod: Pod) -> Iterator[Breach]:
    if pod.in_user_namespace:
        return
    for steps, context in pod.contexts():
        if context.get("runAsUser") == 0:
            yield Breach(steps=[*steps, "runAsUser"], message="must not be 0")


def seccomp(pod: Pod) -> Iterator[Breach]:
    yield from baseline.seccomp(pod)
    if pod.windows:
        return
    for steps, value in pod.settled("seccompProfile"):
        if not value:
            yield Breach(
                steps=[*steps, "type"],
                message="is missing. Write RuntimeDefault, here or for the pod",
            )


def capabilities(pod: Pod) -> Iterator[Breach]:
    if pod.windows:
        return
    for steps, container in pod.containers():
        given = map_at(container, "securityContext", "capabilities")
        place = [*steps, "securityContext", "capabilities"]
        if "ALL" not in list_at(given, "drop"):
            yield Breach(steps=[*place, "drop"], message="must hold ALL")
        if beyond := sorted(str(each) for each in list_at(given, "add") if each != ADDABLE):
            yield Breach(steps=[*place, "add"], message=f"adds {', '.join(beyond)}. Take it away")


CONTROLS: Mapping[str, Callable[[Pod], Iterator[Breach]]] = {
    **{name: each for name, each in baseline.CONTROLS.items() if name != "HostPath Volumes"},
    # Stricter here than in the baseline; "Volume Types" holds paths of the node too.
    "/proc Mount Type": baseline.unmasked,
    "Capabilities": capabilities,
    "Seccomp": seccomp,
    "Volume Types": volume_types,
    "Privilege Escalation": escalation,
    "Running as Non-root": non_root,
    "Running as Non-root user": user,
}
"""Each control by its name in the standard."""
