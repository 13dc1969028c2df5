"""rights: nobody gets everything.

A wildcard in a role grows with every kind that the cluster learns, and cluster-admin is all of
them: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege
Roles of charts of others are told as warnings, but for those whose work is every kind.
"""

from collections.abc import Iterator

from review.problem import Problem
from review.rules.fields import list_at, maps_at, text_at
from review.rules.objects import Objects

RULE = "rights"
ADMIN = "cluster-admin"
# Role of a chart of others → why it may name everything.
EXPECTED = {
    "keda-operator": "reads and scales whatever kind a ScaledObject names",
    "kube-prometheus-stack-operator": "owns the kinds of its own group, and what it makes of them",
}


def check(objects: Objects) -> Iterator[Problem]:
    for binding in objects.of("ClusterRoleBinding", "RoleBinding"):
        if text_at(binding.content, "roleRef", "name") == ADMIN:
            yield binding.problem(
                RULE,
                f"gives {ADMIN}. Name a role with what is needed, and no more.",
                steps=["roleRef", "name"],
            )
    for role in objects.of("ClusterRole", "Role"):
        if not role.own and role.name in EXPECTED:
            continue
        for index, rule in enumerate(maps_at(role.content, "rules")):
            for field in ("apiGroups", "resources", "verbs", "nonResourceURLs"):
                if "*" in list_at(rule, field):
                    yield role.problem(
                        RULE,
                        "is *, and so whatever there will ever be. Name what is needed.",
                        steps=["rules", index, field],
                        severity="error" if role.own else "warning",
                    )
