"""Pods: a canary for each control of the restricted standard, each in a hiding place of its own."""

import copy
from collections.abc import Mapping
from typing import Any

from gates import accounts, checkov
from gates.pod_security import unrestricted_pods
from review.schemas import validate
from tests.canaries.canary import Canary, Gate

Document = dict[str, Any]

CONTAINER: Document = {
    "name": "shop",
    "image": "111111111111.dkr.ecr.eu-central-1.amazonaws.com/tribe/shop@sha256:" + "0" * 64,
    "securityContext": {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    },
    "resources": {
        "requests": {"cpu": "1", "memory": "1Gi"},
        "limits": {"cpu": "1", "memory": "1Gi"},
    },
}
POD: Document = {
    "serviceAccountName": "shop",
    "automountServiceAccountToken": False,
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
    "containers": [CONTAINER],
}


def workload(kind: str = "Deployment", *, pod: Mapping[str, Any] | None = None) -> Document:
    """The service `shop`, well made but for what is laid over its pod's spec."""
    version = "argoproj.io/v1alpha1" if kind == "Rollout" else "apps/v1"
    spec = {**copy.deepcopy(POD), **(pod or {})}
    labels = {"app": "shop"}
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": "shop", "namespace": "api-services"},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": spec},
        },
    }


def container(**over: Any) -> list[Document]:
    """The pod's one container with something else in it; its security context is merged."""
    made = copy.deepcopy(CONTAINER)
    made["securityContext"].update(over.pop("securityContext", {}))
    return [{**made, **over}]


def beside(**security: Any) -> list[Document]:
    """An init container of that name's own security context, which is easily looked past."""
    (made,) = container(securityContext=security)
    return [{**made, "name": "first"}]


def secured(**over: Any) -> dict[str, Any]:
    """The pod's own security context with something else in it."""
    return {**POD["securityContext"], **over}


def shop(claim: str, bad: Document, rejected_by: Mapping[Gate, str]) -> Canary:
    return Canary(claim=claim, bad=[bad], rejected_by=rejected_by)


PODS = (
    shop(
        "a privileged Rollout, a kind that checkov does not know",
        workload("Rollout", pod={"containers": container(securityContext={"privileged": True})}),
        {
            unrestricted_pods: "Rollout shop: container shop is privileged",
            checkov.scan_manifests: "CKV_K8S_16",
        },
    ),
    shop(
        "a privileged init container beside a well-made one",
        workload(pod={"initContainers": beside(privileged=True)}),
        {
            unrestricted_pods: "container first is privileged (privileged-containers)",
            checkov.scan_manifests: "CKV_K8S_16",
        },
    ),
    shop(
        "a process of a Windows host",
        workload(pod={"securityContext": secured(windowsOptions={"hostProcess": True})}),
        {unrestricted_pods: "(host-process)"},
    ),
    shop(
        "a pod in the node's network",
        workload(pod={"hostNetwork": True}),
        {
            unrestricted_pods: "hostNetwork is on (host-namespaces)",
            checkov.scan_manifests: "CKV_K8S_19",
        },
    ),
    shop(
        "a Rollout that sees the node's processes",
        workload("Rollout", pod={"hostPID": True}),
        {
            unrestricted_pods: "hostPID is on (host-namespaces)",
            checkov.scan_manifests: "CKV_K8S_17",
        },
    ),
    shop(
        "a container that may do with the kernel as it likes",
        workload(
            pod={
                "containers": container(
                    securityContext={"capabilities": {"add": ["SYS_ADMIN"], "drop": ["ALL"]}}
                )
            }
        ),
        {unrestricted_pods: "adds capabilities: SYS_ADMIN", checkov.scan_manifests: "CKV_K8S_39"},
    ),
    shop(
        "a container that drops nothing",
        workload(pod={"containers": container(securityContext={"capabilities": {}})}),
        {
            unrestricted_pods: "does not drop all capabilities (capabilities)",
            checkov.scan_manifests: "CKV_K8S_37",
        },
    ),
    shop(
        "the container runtime's socket as a volume",
        workload(
            pod={
                "volumes": [
                    {"name": "socket", "hostPath": {"path": "/run/containerd/containerd.sock"}}
                ]
            }
        ),
        {unrestricted_pods: "volume socket is a path of the node (host-path-volumes)"},
    ),
    shop(
        "another machine's disk as a volume",
        workload(pod={"volumes": [{"name": "far", "nfs": {"server": "203.0.113.5", "path": "/"}}]}),
        {unrestricted_pods: "volume far is of the kind nfs (volume-types)"},
    ),
    shop(
        "a port of the node",
        workload(pod={"containers": container(ports=[{"containerPort": 80, "hostPort": 80}])}),
        {
            unrestricted_pods: "takes the node's port 80 (host-ports)",
            checkov.scan_manifests: "CKV_K8S_26",
        },
    ),
    shop(
        "a probe that makes the kubelet ask someone else",
        workload(
            pod={
                "containers": container(
                    livenessProbe={"httpGet": {"host": "169.254.169.254", "port": 80}}
                )
            }
        ),
        {unrestricted_pods: "asks another host (host-probes-and-hooks)"},
    ),
    shop(
        "a container without AppArmor",
        workload(
            pod={
                "containers": container(securityContext={"appArmorProfile": {"type": "Unconfined"}})
            }
        ),
        {unrestricted_pods: "(apparmor)"},
    ),
    shop(
        "a container with a label of SELinux that holds nothing back",
        workload(pod={"securityContext": secured(seLinuxOptions={"type": "spc_t"})}),
        {unrestricted_pods: "SELinux type spc_t (selinux)"},
    ),
    shop(
        "a container that sees the node's /proc",
        workload(pod={"containers": container(securityContext={"procMount": "Unmasked"})}),
        {unrestricted_pods: "(proc-mount)"},
    ),
    shop(
        "a pod whose system calls nobody filters",
        workload(
            "Rollout", pod={"securityContext": secured(seccompProfile={"type": "Unconfined"})}
        ),
        {unrestricted_pods: "has seccomp Unconfined (seccomp)"},
    ),
    shop(
        "a pod that says nothing of system calls",
        workload(pod={"securityContext": {"runAsNonRoot": True}}),
        {
            unrestricted_pods: "has no seccomp profile (seccomp)",
            checkov.scan_manifests: "CKV_K8S_31",
        },
    ),
    shop(
        "a setting of the node's kernel",
        workload(
            pod={
                "securityContext": secured(
                    sysctls=[{"name": "kernel.core_pattern", "value": "|/tmp/x"}]
                )
            }
        ),
        {unrestricted_pods: "sets kernel.core_pattern of the kernel (sysctls)"},
    ),
    shop(
        "a process that may gain privileges",
        workload(pod={"containers": container(securityContext={"allowPrivilegeEscalation": True})}),
        {
            unrestricted_pods: "may gain privileges (privilege-escalation)",
            checkov.scan_manifests: "CKV_K8S_20",
        },
    ),
    shop(
        "a container that says it may be root, in a pod that says it may not",
        workload(pod={"containers": container(securityContext={"runAsNonRoot": False})}),
        {unrestricted_pods: "container shop may be root (running-as-non-root)"},
    ),
    shop(
        "a container with root's number",
        workload(pod={"containers": container(securityContext={"runAsUser": 0})}),
        {unrestricted_pods: "has the uid 0 (running-as-non-root-user)"},
    ),
    shop(
        "a pod under its namespace's default account",
        workload(pod={"serviceAccountName": "default"}),
        {accounts.default_accounts: "Deployment shop runs as the default service account"},
    ),
    shop(
        "a Rollout that carries a token of the API server",
        workload("Rollout", pod={"automountServiceAccountToken": True}),
        {
            accounts.mounted_tokens: "Rollout shop mounts its service account's token",
            checkov.scan_manifests: "CKV_K8S_38",
        },
    ),
    shop(
        "a pod that asks for more than it may have",
        workload(
            pod={
                "containers": container(
                    resources={"requests": {"memory": "2Gi"}, "limits": {"memory": "1Gi"}}
                )
            }
        ),
        {validate: "is 2Gi, above its limit, 1Gi"},
    ),
    shop(
        "a security context with a misspelt field, which the API server would drop",
        workload(pod={"containers": container(securityContext={"readOnlyRootFileSystem": True})}),
        {validate: "readOnlyRootFileSystem"},
    ),
)
