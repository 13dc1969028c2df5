"""Namespaces are made and closed, services' names are their own, and no right is a wildcard."""

import pytest

from review.rules import names, namespaces, rights
from review.rules.services import Service
from tests.review.rules.given import objects, workload

NAMESPACE = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
DENY = """
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: default-deny}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""


def test_what_runs_in_a_closed_namespace_is_quiet():
    assert list(namespaces.check(objects(NAMESPACE, DENY, workload()))) == []


def test_a_namespace_where_nothing_runs_may_be_open():
    assert list(namespaces.check(objects(NAMESPACE))) == []


@pytest.mark.parametrize("name", ["default", "payments"])
def test_pods_need_a_namespace_that_is_made(name: str):
    text = workload().replace("{name: orders}", f"{{name: orders, namespace: {name}}}", 1)
    (problem,) = namespaces.check(objects(NAMESPACE, DENY, text))
    assert f"there is no namespace {name}" in problem.message


@pytest.mark.parametrize("name", ["kube-system", "argocd"])
def test_others_make_their_own(name: str):
    text = workload().replace("{name: orders}", f"{{name: orders, namespace: {name}}}", 1)
    assert list(namespaces.check(objects(NAMESPACE, DENY, text))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("podSelector: {}", "podSelector: {matchLabels: {a: b}}"),
        ("[Ingress, Egress]", "[Ingress]"),
        ("[Ingress, Egress]", "[Ingress, Egress], egress: [{}]"),
        ("default-deny", "default-deny, namespace: other"),
    ],
)
def test_a_policy_that_leaves_something_open_does_not_close(old: str, new: str):
    (problem,) = namespaces.check(objects(NAMESPACE, DENY.replace(old, new), workload()))
    assert "no NetworkPolicy that denies everything" in problem.message


@pytest.mark.parametrize(
    ("other", "number"), [("orders", 1), ("Orders", 1), ("order", 0), ("orders-2", 0)]
)
def test_a_services_name_is_its_own_however_it_is_written(other: str, number: int):
    there = [Service(namespace="a", name="orders"), Service(namespace="b", name=other)]
    assert len(list(names.check(there))) == number


def role(rule: str, *, name: str = "reader") -> str:
    return (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
        f"metadata: {{name: {name}}}\nrules: [{rule}]\n"
    )


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ('{apiGroups: [""], resources: [pods], verbs: ["*"]}', "rules[0].verbs"),
        ('{apiGroups: [""], resources: ["*"], verbs: [get]}', "rules[0].resources"),
        ('{apiGroups: ["*"], resources: [pods], verbs: [get]}', "rules[0].apiGroups"),
        ('{nonResourceURLs: ["*"], verbs: [get]}', "rules[0].nonResourceURLs"),
    ],
)
def test_a_wildcard_is_an_error_of_ours_and_a_warning_of_others(rule: str, path: str):
    for own, severity in ((True, "error"), (False, "warning")):
        (problem,) = rights.check(objects(role(rule), own=own))
        assert (problem.path, problem.severity) == (path, severity)


def test_a_part_of_a_name_is_no_wildcard_and_a_controller_of_every_kind_is_expected():
    scale = '{apiGroups: [apps], resources: ["*/scale"], verbs: [get]}'
    assert list(rights.check(objects(role(scale)))) == []
    wide = role('{apiGroups: ["*"], resources: ["*"], verbs: [get]}', name="keda-operator")
    assert list(rights.check(objects(wide, own=False))) == []
    assert len(list(rights.check(objects(wide)))) == 2  # not if the role is ours


@pytest.mark.parametrize("kind", ["ClusterRoleBinding", "RoleBinding"])
def test_nobody_is_cluster_admin(kind: str):
    text = (
        f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a}}\n"
        "roleRef: {kind: ClusterRole, name: cluster-admin}\n"
    )
    assert [each.severity for each in rights.check(objects(text, own=False))] == ["error"]
    assert list(rights.check(objects(text.replace("cluster-admin", "view")))) == []
