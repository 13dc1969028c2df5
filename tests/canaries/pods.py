"""Pods: a canary for each control of the restricted standard, each in a hiding place of its own."""

from gates import accounts, checkov
from gates.pod_security import unrestricted_pods
from review.schemas import validate
from tests.canaries.shop import beside, container, secured, shop, workload

PODS = (
    shop(
        "a privileged Rollout, a kind that checkov does not know",
        workload("Rollout", pod={"containers": container(securityContext={"privileged": True})}),
        {
            unrestricted_pods: "containers[0].securityContext.privileged must not be true",
            checkov.scan_manifests: "CKV_K8S_16",
        },
    ),
    shop(
        "a privileged init container beside a well-made one",
        workload(pod={"initContainers": beside(privileged=True)}),
        {
            unrestricted_pods: "spec.initContainers[0].securityContext.privileged must not be true",
            checkov.scan_manifests: "CKV_K8S_16",
        },
    ),
    shop(
        "a process of a Windows host",
        workload(pod={"securityContext": secured(windowsOptions={"hostProcess": True})}),
        {unrestricted_pods: "(HostProcess)"},
    ),
    shop(
        "a pod in the node's network",
        workload(pod={"hostNetwork": True}),
        {
            unrestricted_pods: "spec.hostNetwork must not be true",
            checkov.scan_manifests: "CKV_K8S_19",
        },
    ),
    shop(
        "a Rollout that sees the node's processes",
        workload("Rollout", pod={"hostPID": True}),
        {
            unrestricted_pods: "spec.hostPID must not be true",
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
        {unrestricted_pods: "adds SYS_ADMIN", checkov.scan_manifests: "CKV_K8S_39"},
    ),
    shop(
        "a container that drops nothing",
        workload(pod={"containers": container(securityContext={"capabilities": {}})}),
        {
            unrestricted_pods: "drop must hold ALL (Capabilities)",
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
        {unrestricted_pods: "is a path of the node. Use another volume (HostPath Volumes)"},
    ),
    shop(
        "another machine's disk as a volume",
        workload(pod={"volumes": [{"name": "far", "nfs": {"server": "203.0.113.5", "path": "/"}}]}),
        {unrestricted_pods: "is of the kind nfs"},
    ),
    shop(
        "a port of the node",
        workload(pod={"containers": container(ports=[{"containerPort": 80, "hostPort": 80}])}),
        {
            unrestricted_pods: "takes the node's port 80",
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
        {unrestricted_pods: "is 169.254.169.254: the node would ask it"},
    ),
    shop(
        "a container without AppArmor",
        workload(
            pod={
                "containers": container(securityContext={"appArmorProfile": {"type": "Unconfined"}})
            }
        ),
        {unrestricted_pods: "(AppArmor)"},
    ),
    shop(
        "a container with a label of SELinux that holds nothing back",
        workload(pod={"securityContext": secured(seLinuxOptions={"type": "spc_t"})}),
        {unrestricted_pods: "is spc_t. Take it away (SELinux)"},
    ),
    shop(
        "a container that sees the node's /proc",
        workload(pod={"containers": container(securityContext={"procMount": "Unmasked"})}),
        {unrestricted_pods: "(/proc Mount Type)"},
    ),
    shop(
        "a pod whose system calls nobody filters",
        workload(
            "Rollout", pod={"securityContext": secured(seccompProfile={"type": "Unconfined"})}
        ),
        {unrestricted_pods: "is Unconfined. Write RuntimeDefault (Seccomp)"},
    ),
    shop(
        "a pod that says nothing of system calls",
        workload(pod={"securityContext": {"runAsNonRoot": True}}),
        {
            unrestricted_pods: "is missing. Write RuntimeDefault, here or for the pod (Seccomp)",
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
        {unrestricted_pods: "kernel.core_pattern is no safe one"},
    ),
    shop(
        "a process that may gain privileges",
        workload(pod={"containers": container(securityContext={"allowPrivilegeEscalation": True})}),
        {
            unrestricted_pods: "allowPrivilegeEscalation must be false",
            checkov.scan_manifests: "CKV_K8S_20",
        },
    ),
    shop(
        "a container that says it may be root, in a pod that says it may not",
        workload(pod={"containers": container(securityContext={"runAsNonRoot": False})}),
        {unrestricted_pods: "must be true, here or for the pod (Running as Non-root)"},
    ),
    shop(
        "a container with root's number",
        workload(pod={"containers": container(securityContext={"runAsUser": 0})}),
        {unrestricted_pods: "must not be 0 (Running as Non-root user)"},
    ),
    shop(
        "root in a user namespace, which the standard would let pass",
        workload(
            pod={"hostUsers": False, "containers": container(securityContext={"runAsUser": 0})}
        ),
        {unrestricted_pods: "must not be 0 (Running as Non-root user)"},
    ),
    shop(
        "a pod that says it is of Windows, which the standard would let keep its capabilities",
        workload(
            pod={
                "os": {"name": "windows"},
                "containers": container(securityContext={"capabilities": {}}),
            }
        ),
        {unrestricted_pods: "drop must hold ALL (Capabilities)"},
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
