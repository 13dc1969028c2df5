"""Roles and bindings that give more than they say."""

from gates.rights import risky_rights
from tests.canaries.canary import Canary
from tests.canaries.document import Document, document

RBAC = "rbac.authorization.k8s.io"


def role(*verbs: str, on: str, group: str = "", kind: str = "ClusterRole") -> list[Document]:
    rule = {"apiGroups": [group], "resources": [on], "verbs": list(verbs)}
    return [document(f"{RBAC}/v1", kind, rules=[rule])]


def binding(role: str, subject: str, kind: str = "Group") -> list[Document]:
    return [
        document(
            f"{RBAC}/v1",
            "ClusterRoleBinding",
            roleRef={"apiGroup": RBAC, "kind": "ClusterRole", "name": role},
            subjects=[{"kind": kind, "name": subject}],
        )
    ]


RIGHTS = (
    Canary(
        claim="a binding that makes developers administrators",
        bad=binding("cluster-admin", "tribe:developers"),
        rejected_by={risky_rights: "gives Kubernetes' own cluster-admin (4.1.1)"},
    ),
    Canary(
        claim="a right for whoever does not say who he is",
        bad=binding("view", "system:unauthenticated"),
        rejected_by={risky_rights: "names the group system:unauthenticated"},
    ),
    Canary(
        claim="a right for the default account, and so for whatever pod is put there",
        bad=binding("view", "default", kind="ServiceAccount"),
        rejected_by={risky_rights: "a namespace's default account (4.1.5)"},
    ),
    Canary(
        claim="a role that may everything with everything",
        bad=role("*", on="*", group="*"),
        rejected_by={risky_rights: "names all verbs (4.1.3)"},
    ),
    Canary(
        claim="a role that grows by whatever role bears a label",
        bad=[
            document(
                f"{RBAC}/v1",
                "ClusterRole",
                aggregationRule={"clusterRoleSelectors": [{"matchLabels": {"grow": "yes"}}]},
                rules=[],
            )
        ],
        rejected_by={risky_rights: "takes in the rules of whatever role bears its label"},
    ),
    Canary(
        claim="a role of one namespace that lists its secrets",
        bad=role("list", on="secrets", kind="Role"),
        rejected_by={risky_rights: "may list secrets: it reads or writes secrets (4.1.2)"},
    ),
    Canary(
        claim="a role that makes pods by way of Rollouts",
        bad=role("create", on="rollouts", group="argoproj.io"),
        rejected_by={risky_rights: "may create rollouts: it makes pods"},
    ),
    Canary(
        claim="a role that acts in another's name",
        bad=role("impersonate", on="groups"),
        rejected_by={risky_rights: "gives itself another's rights (4.1.8)"},
    ),
    Canary(
        claim="a role that binds roles",
        bad=role("create", on="rolebindings", group=RBAC),
        rejected_by={risky_rights: "changes rights (4.1.8)"},
    ),
    Canary(
        claim="a role that makes volumes of the nodes' own paths",
        bad=role("create", on="persistentvolumes"),
        rejected_by={risky_rights: "reaches the disks of nodes (4.1.9)"},
    ),
    Canary(
        claim="a role that speaks to kubelets past the audit log",
        bad=role("get", on="nodes/proxy"),
        rejected_by={risky_rights: "past admission and audit (4.1.10)"},
    ),
    Canary(
        claim="a role that puts itself between people and the API server",
        bad=role("patch", on="mutatingwebhookconfigurations", group="admissionregistration.k8s.io"),
        rejected_by={risky_rights: "whatever is admitted (4.1.11)"},
    ),
    Canary(
        claim="a role that makes tokens for other accounts",
        bad=role("create", on="serviceaccounts/token"),
        rejected_by={risky_rights: "makes tokens for other accounts (4.1.12)"},
    ),
)
