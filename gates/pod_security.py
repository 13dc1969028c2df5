"""Pods against the restricted Pod Security Standard, as the API server's own admission reads it.

The namespaces enforce it (their label). This gate says it before anything is applied, of every kind
that holds a pod's template: a Deployment or a Rollout is admitted, and only its pods are refused.
Stricter than the standard in one point: neither Windows nor a user namespace excuses anything.
https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from gates.pods import Pod, pods

HANDLERS = ("httpGet", "tcpSocket")
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
HOOKS = ("postStart", "preStop")
SELINUX_TYPES = (
    None,
    "",
    "container_t",
    "container_init_t",
    "container_kvm_t",
    "container_engine_t",
)
# What restricted lets a container mount; everything else is the node's, or a provider's of old.
VOLUMES = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    }
)
# Those of the 1.32 list: what came later is not in every version that the settings allow to name.
SYSCTLS = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.tcp_wmem",
    }
)
ADDABLE = frozenset({"NET_BIND_SERVICE"})
PROFILES = ("RuntimeDefault", "Localhost")
APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"


def _host_process(pod: Pod) -> Iterator[str]:
    for name, context in pod.contexts:
        if (context.get("windowsOptions") or {}).get("hostProcess"):
            yield f"{name} is a process of its host"


def _host_namespaces(pod: Pod) -> Iterator[str]:
    yield from (
        f"{field} is on" for field in ("hostNetwork", "hostPID", "hostIPC") if pod.spec.get(field)
    )


def _privileged(pod: Pod) -> Iterator[str]:
    yield from (f"{name} is privileged" for name, each in pod.contexts if each.get("privileged"))


def _capabilities(pod: Pod) -> Iterator[str]:
    for name, container in pod.containers:
        own = (container.get("securityContext") or {}).get("capabilities") or {}
        if added := sorted(set(own.get("add") or ()) - ADDABLE):
            yield f"{name} adds capabilities: {', '.join(added)}"
        if "ALL" not in (own.get("drop") or ()):
            yield f"{name} does not drop all capabilities"


def _host_path(pod: Pod) -> Iterator[str]:
    for volume in pod.spec.get("volumes") or ():
        if "hostPath" in volume:
            yield f"volume {volume['name']} is a path of the node"


def _volume_types(pod: Pod) -> Iterator[str]:
    for volume in pod.spec.get("volumes") or ():
        if strange := sorted(volume.keys() - VOLUMES - {"name"}):
            yield f"volume {volume['name']} is of the kind {', '.join(strange)}"


def _host_ports(pod: Pod) -> Iterator[str]:
    for name, container in pod.containers:
        for port in container.get("ports") or ():
            if port.get("hostPort"):
                yield f"{name} takes the node's port {port['hostPort']}"


def _hosts_asked(pod: Pod) -> Iterator[str]:
    for name, container in pod.containers:
        asked = {probe: container.get(probe) for probe in PROBES}
        asked |= {hook: (container.get("lifecycle") or {}).get(hook) for hook in HOOKS}
        for what, each in asked.items():
            for handler in HANDLERS:
                if ((each or {}).get(handler) or {}).get("host"):
                    yield f"{what} of {name} asks another host"


def _apparmor(pod: Pod) -> Iterator[str]:
    for name, context in pod.contexts:
        profile = context.get("appArmorProfile")
        if profile and profile.get("type") not in PROFILES:
            yield f"{name} has AppArmor {profile.get('type')}"
    for key, value in pod.annotations.items():
        if key.startswith(APPARMOR_ANNOTATION) and not (
            value in ("", "runtime/default") or value.startswith("localhost/")
        ):
            yield f"the annotation {key} is {value}"


def _selinux(pod: Pod) -> Iterator[str]:
    for name, context in pod.contexts:
        options = context.get("seLinuxOptions") or {}
        if options.get("type") not in SELINUX_TYPES:
            yield f"{name} has the SELinux type {options['type']}"
        for field in ("user", "role"):
            if options.get(field):
                yield f"{name} has the SELinux {field} {options[field]}"


def _proc_mount(pod: Pod) -> Iterator[str]:
    for name, context in pod.contexts:
        if context.get("procMount") not in (None, "Default"):
            yield f"{name} sees /proc {context['procMount']}"


def _sysctls(pod: Pod) -> Iterator[str]:
    for each in (pod.spec.get("securityContext") or {}).get("sysctls") or ():
        if each["name"] not in SYSCTLS:
            yield f"the pod sets {each['name']} of the kernel"


def _escalation(pod: Pod) -> Iterator[str]:
    for name, container in pod.containers:
        if (container.get("securityContext") or {}).get("allowPrivilegeEscalation") is not False:
            yield f"{name} may gain privileges"


def _non_root(pod: Pod) -> Iterator[str]:
    yield from (f"{name} may be root" for name, on in pod.settled("runAsNonRoot") if on is not True)


def _user(pod: Pod) -> Iterator[str]:
    for name, context in pod.contexts:
        if context.get("runAsUser") == 0:
            yield f"{name} has the uid 0"


def _seccomp(pod: Pod) -> Iterator[str]:
    for name, context in pod.contexts:
        profile = context.get("seccompProfile")
        if profile and profile.get("type") not in PROFILES:
            yield f"{name} has seccomp {profile.get('type')}"
    for name, profile in pod.settled("seccompProfile"):
        if not profile:
            yield f"{name} has no seccomp profile"


CONTROLS: Mapping[str, Callable[[Pod], Iterator[str]]] = {
    "host-process": _host_process,
    "host-namespaces": _host_namespaces,
    "privileged-containers": _privileged,
    "capabilities": _capabilities,
    "host-path-volumes": _host_path,
    "host-ports": _host_ports,
    "host-probes-and-hooks": _hosts_asked,
    "apparmor": _apparmor,
    "selinux": _selinux,
    "proc-mount": _proc_mount,
    "seccomp": _seccomp,
    "sysctls": _sysctls,
    "volume-types": _volume_types,
    "privilege-escalation": _escalation,
    "running-as-non-root": _non_root,
    "running-as-non-root-user": _user,
}
"""Control → what breaks it, in words. The ids are those of docs/security/pod-security.yaml."""


def unrestricted_pods(documents: Iterable[dict[str, Any]]) -> list[str]:
    """One sentence for each control that a pod breaks; empty where every pod would be admitted."""
    return [
        f"{pod.place}: {fault} ({control})."
        for pod in pods(documents)
        for control, broken in CONTROLS.items()
        for fault in broken(pod)
    ]
