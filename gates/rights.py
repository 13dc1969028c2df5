"""What a Kubernetes role of ours may not hold: rights by which their holder can take more.

The ids are those of the CIS Amazon EKS Benchmark 1.8.0, section 4.1; why each is one:
https://kubernetes.io/docs/concepts/security/rbac-good-practices/
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

READ = frozenset({"get", "list", "watch"})
WRITE = frozenset({"create", "update", "patch"})
# What makes pods, whoever may not make one himself.
WORKLOADS = (
    *("pods", "replicationcontrollers", "daemonsets", "deployments", "replicasets"),
    *("statefulsets", "cronjobs", "jobs", "rollouts"),
)
ROLES = frozenset({"roles", "clusterroles"})
# Kubernetes' own roles that hold what is listed here, and its groups that no binding of ours names.
STRONG = frozenset({"admin", "cluster-admin", "edit"})
CLOSED_GROUPS = frozenset({"system:anonymous", "system:masters", "system:unauthenticated"})

Object = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Right:
    """Verbs on resources. control: its number in the benchmark."""

    control: str
    resources: frozenset[str]
    verbs: frozenset[str]
    means: str


RIGHTS = (
    Right(
        control="4.1.2",
        resources=frozenset({"secrets"}),
        verbs=READ | WRITE,
        means="reads or writes secrets",
    ),
    Right(
        control="4.1.4",
        resources=frozenset(WORKLOADS),
        verbs=frozenset({"create"}),
        means="makes pods, and so takes any service account of the namespace",
    ),
    Right(
        control="4.1.8",
        resources=ROLES | {"users", "groups", "serviceaccounts"},
        verbs=frozenset({"bind", "escalate", "impersonate"}),
        means="gives itself another's rights",
    ),
    Right(
        control="4.1.8",
        resources=ROLES | {"rolebindings", "clusterrolebindings"},
        verbs=WRITE,
        means="changes rights",
    ),
    Right(
        control="4.1.9",
        resources=frozenset({"persistentvolumes"}),
        verbs=WRITE,
        means="makes volumes, and so reaches the disks of nodes",
    ),
    Right(
        control="4.1.10",
        resources=frozenset({"nodes/proxy"}),
        verbs=READ | WRITE,
        means="speaks to the kubelet, past admission and audit",
    ),
    Right(
        control="4.1.11",
        resources=frozenset({"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}),
        verbs=WRITE | {"delete"},
        means="reads and changes whatever is admitted",
    ),
    Right(
        control="4.1.12",
        resources=frozenset({"serviceaccounts/token"}),
        verbs=frozenset({"create"}),
        means="makes tokens for other accounts",
    ),
)


def risky_rights(documents: Iterable[Object]) -> list[str]:
    """One sentence for each right of a role, and each binding, that gives more than it says."""
    return [
        f"{document['kind']} {document['metadata']['name']} {fault}."
        for document in documents
        for fault in (*_rules(document), *_binding(document))
    ]


def _rules(document: Object) -> Iterator[str]:
    if document["kind"] not in ("Role", "ClusterRole"):
        return
    if document.get("aggregationRule"):
        yield "takes in the rules of whatever role bears its label (4.1.3)"
    for rule in document.get("rules") or ():
        for field in ("apiGroups", "resources", "verbs", "nonResourceURLs"):
            if "*" in rule.get(field, ()):
                yield f"names all {field} (4.1.3)"
        resources, verbs = set(rule.get("resources", ())), set(rule["verbs"])
        for right in RIGHTS:
            held = sorted(resources & right.resources)
            if held and verbs & right.verbs:
                yield f"may {', '.join(sorted(verbs & right.verbs))} {', '.join(held)}: it " + (
                    f"{right.means} ({right.control})"
                )


def _binding(document: Object) -> Iterator[str]:
    if document["kind"] not in ("RoleBinding", "ClusterRoleBinding"):
        return
    if (role := document["roleRef"]["name"]) in STRONG:
        yield f"gives Kubernetes' own {role} (4.1.1)"
    for subject in document.get("subjects") or ():
        if subject["name"] in CLOSED_GROUPS:
            yield f"names the group {subject['name']} (4.1.1)"
        if subject["kind"] == "ServiceAccount" and subject["name"] == "default":
            yield "gives rights to a namespace's default account (4.1.5)"
