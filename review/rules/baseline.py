"""The baseline Pod Security Standard: no way from a pod to its node that is known.

As of Kubernetes 1.36, by https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
and the checks of https://github.com/kubernetes/pod-security-admission; 1.35 has the same ones.
"""

from collections.abc import Callable, Iterator, Mapping

from review.rules.fields import list_at, map_at, maps_at, text_at
from review.rules.pod import Breach, Pod

CAPABILITIES = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
    "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}  # fmt: skip
SELINUX = {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}
SYSCTLS = {
    "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
}  # fmt: skip
PROFILES = ("RuntimeDefault", "Localhost")
APPARMOR = "container.apparmor.security.beta.kubernetes.io/"
HANDLERS = (
    ("livenessProbe",), ("readinessProbe",), ("startupProbe",),
    ("lifecycle", "postStart"), ("lifecycle", "preStop"),
)  # fmt: skip


def host_process(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        if map_at(context, "windowsOptions").get("hostProcess") is True:
            yield Breach(
                steps=[*steps, "windowsOptions", "hostProcess"], message="must not be true"
            )


def host_namespaces(pod: Pod) -> Iterator[Breach]:
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.spec.get(field) is True:
            yield Breach(steps=["spec", field], message="must not be true: it is the node's own")


def privileged(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        if context.get("privileged") is True:
            yield Breach(steps=[*steps, "privileged"], message="must not be true")


def capabilities(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        added = [str(each) for each in list_at(context, "capabilities", "add")]
        if beyond := sorted(set(added) - CAPABILITIES):
            yield Breach(
                steps=[*steps, "capabilities", "add"],
                message=f"adds {', '.join(beyond)}. Take it away",
            )


def host_path(pod: Pod) -> Iterator[Breach]:
    for index, volume in enumerate(maps_at(pod.spec, "volumes")):
        if volume.get("hostPath") is not None:
            yield Breach(
                steps=["spec", "volumes", index, "hostPath"],
                message="is a path of the node. Use another volume",
            )


def host_ports(pod: Pod) -> Iterator[Breach]:
    for steps, container in pod.containers():
        for index, port in enumerate(maps_at(container, "ports")):
            if port.get("hostPort"):
                yield Breach(
                    steps=[*steps, "ports", index, "hostPort"],
                    message=f"takes the node's port {port['hostPort']}. Take it away",
                )


def hosts_asked(pod: Pod) -> Iterator[Breach]:
    for steps, container in pod.containers():
        for handler in HANDLERS:
            for action in ("httpGet", "tcpSocket"):
                if host := text_at(container, *handler, action, "host"):
                    yield Breach(
                        steps=[*steps, *handler, action, "host"],
                        message=f"is {host}: the node would ask it. Take it away",
                    )


def apparmor(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        profile = map_at(context, "appArmorProfile")
        if profile and profile.get("type") not in PROFILES:
            yield Breach(
                steps=[*steps, "appArmorProfile", "type"],
                message=f"is {profile.get('type')}. Write RuntimeDefault",
            )
    for key, value in pod.annotations.items():
        if key.startswith(APPARMOR) and not (
            value in ("", "runtime/default") or str(value).startswith("localhost/")
        ):
            yield Breach(
                steps=["metadata", "annotations", key],
                message=f"is {value}. Write runtime/default",
            )


def selinux(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        options = map_at(context, "seLinuxOptions")
        place = [*steps, "seLinuxOptions"]
        if text_at(options, "type") not in SELINUX:
            yield Breach(steps=[*place, "type"], message=f"is {options['type']}. Take it away")
        for field in ("user", "role"):
            if options.get(field):
                yield Breach(steps=[*place, field], message="must not be set")


def proc_mount(pod: Pod) -> Iterator[Breach]:
    if not pod.in_user_namespace:
        yield from unmasked(pod)


def unmasked(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        if context.get("procMount") not in (None, "Default"):
            yield Breach(steps=[*steps, "procMount"], message="must be Default, or left out")


def seccomp(pod: Pod) -> Iterator[Breach]:
    for steps, context in pod.contexts():
        profile = map_at(context, "seccompProfile")
        if profile and profile.get("type") not in PROFILES:
            yield Breach(
                steps=[*steps, "seccompProfile", "type"],
                message=f"is {profile.get('type')}. Write RuntimeDefault",
            )


def sysctls(pod: Pod) -> Iterator[Breach]:
    for index, each in enumerate(maps_at(pod.spec, "securityContext", "sysctls")):
        if text_at(each, "name") not in SYSCTLS:
            yield Breach(
                steps=["spec", "securityContext", "sysctls", index, "name"],
                message=f"{text_at(each, 'name')} is no safe one. Take it away",
            )


CONTROLS: Mapping[str, Callable[[Pod], Iterator[Breach]]] = {
    "HostProcess": host_process,
    "Host Namespaces": host_namespaces,
    "Privileged Containers": privileged,
    "Capabilities": capabilities,
    "HostPath Volumes": host_path,
    "Host Ports": host_ports,
    "Host Probes / Lifecycle Hooks": hosts_asked,
    "AppArmor": apparmor,
    "SELinux": selinux,
    "/proc Mount Type": proc_mount,
    "Seccomp": seccomp,
    "Sysctls": sysctls,
}
"""Each control by its name in the standard."""
