"""Who may what in Argo CD: every power of every person, read from the policy and the projects."""

from dataclasses import replace

import pytest

from stacks.settings import SingleSignOn
from tests.argocd.conftest import ArgoCd
from tests.argocd.policy import Person, Policy, glob_match

# Every action that Argo CD knows, on every resource
# (https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/#rbac-model-structure).
ROLLOUT_STEPS = ("abort", "pause", "promote-full", "resume", "retry", "skip-current-step")
ACTIONS = {
    "applications": (
        *("get", "create", "update", "delete", "sync", "override"),
        *("update/apps/Deployment/api-services/api", "delete//Pod/api-services/api-1"),
        *("action/apps/Deployment/restart", "action//Secret/any"),
        *(f"action/argoproj.io/Rollout/{step}" for step in ROLLOUT_STEPS),
    ),
    "applicationsets": ("get", "create", "update", "delete"),
    "logs": ("get",),
    "exec": ("create",),
    "projects": ("get", "create", "update", "delete"),
    "clusters": ("get", "create", "update", "delete"),
    "repositories": ("get", "create", "update", "delete"),
    "write-repositories": ("get", "create", "update", "delete"),
    "accounts": ("get", "update"),
    "certificates": ("get", "create", "delete"),
    "gpgkeys": ("get", "create", "delete"),
    "extensions": ("invoke",),
}
EVERY_POWER = {(resource, action) for resource, actions in ACTIONS.items() for action in actions}
OF_APPLICATIONS = ("applications", "applicationsets", "logs", "exec")
OBJECTS = ("services/api-gateway", "platform/keda", "monitoring/loki", "root/root", "default/any")

SEE = {
    *(("applications", "get"), ("applicationsets", "get"), ("logs", "get")),
    *(("projects", "get"), ("clusters", "get"), ("repositories", "get")),
}
SYNC = {
    ("applications", "sync"),
    *(("applications", f"action/argoproj.io/Rollout/{step}") for step in ROLLOUT_STEPS),
}
NOTHING: set[tuple[str, str]] = set()

# Environment → person → powers. Whoever is not here has none.
POWERS = {
    "dev": {"developer": SEE | SYNC, "approver": SEE | SYNC},
    "staging": {"developer": SEE | SYNC, "approver": SEE | SYNC},
    "prod": {"developer": SEE, "approver": SEE | SYNC},
}


def sign_on(argocd: ArgoCd) -> SingleSignOn:
    sso = argocd.environment.gitops.sso
    assert sso is not None, "every environment has a sign-on"
    return sso


def people(sso: SingleSignOn) -> dict[str, Person]:
    """One of each: with the groups of the settings, with others, with none, and whoever hopes."""
    return {
        "developer": Person("ada", sso.developers),
        "approver": Person("grace", sso.approvers),
        "stranger": Person("eve", ("sales",)),
        "nobody": Person("eve"),
        "someone called admin": Person("admin"),
        "member of a group called admin": Person("eve", ("admin",)),
        "member of a group called role:admin": Person("eve", ("role:admin",)),
        "member of a group called role:approver": Person("eve", ("role:approver",)),
    }


def powers(policy: Policy, person: Person, obj: str) -> set[tuple[str, str]]:
    """All that the person may, on one application or on what has none."""
    return {
        (resource, action)
        for resource, action in EVERY_POWER
        if policy.allows(
            person, resource, action, obj if resource in OF_APPLICATIONS else obj.partition("/")[0]
        )
    }


@pytest.mark.parametrize("obj", OBJECTS)
def test_everyone_has_exactly_these_powers(argocd: ArgoCd, obj: str) -> None:
    found = {
        who: powers(argocd.policy, person, obj) for who, person in people(sign_on(argocd)).items()
    }
    expected = POWERS[argocd.environment.name]
    assert found == {who: expected.get(who, NOTHING) for who in found}


def test_nobody_may_override_even_if_a_later_line_says_so(argocd: ArgoCd) -> None:
    more = "p, role:developer, applications, *, */*, allow\np, role:approver, *, *, *, allow"
    policy = replace(argocd.policy, data={**argocd.policy.data, "policy.zz.csv": more})
    for person in people(sign_on(argocd)).values():
        assert not policy.allows(person, "applications", "override", "services/api-gateway")
    assert policy.allows(Person("ada", sign_on(argocd).developers), "applications", "delete", "a/b")


def test_a_grant_in_a_project_is_seen_by_this_test(argocd: ArgoCd) -> None:
    # Were it not, the powers above would be only half of them.
    group = "tribe-interns"
    role = {
        "name": "intern",
        "groups": [group],
        "policies": ["p, proj:services:intern, applications, sync, services/*, allow"],
    }
    services = argocd.projects["services"]
    granting = {**services, "spec": {**services["spec"], "roles": [role]}}
    policy = replace(argocd.policy, projects={**argocd.projects, "services": granting})
    intern = Person("ida", (group,))
    assert policy.allows(intern, "applications", "sync", "services/api-gateway")
    assert not argocd.policy.allows(intern, "applications", "sync", "services/api-gateway")
    assert not policy.allows(intern, "applications", "sync", "platform/keda")


def test_without_sign_on_the_local_administrator_is_the_only_way_in(argocd: ArgoCd) -> None:
    cm = argocd.values["configs"]["cm"]
    assert ("oidc.config" in cm, cm["admin.enabled"]) == (True, False)
    assert cm["exec.enabled"] is False
    assert "users.anonymous.enabled" not in cm
    assert not [key for key in cm if key.startswith("accounts.")]
    assert argocd.values["configs"]["rbac"]["policy.default"] == ""


def test_another_revision_than_gits_counts_as_an_override(argocd: ArgoCd) -> None:
    cm = argocd.values["configs"]["cm"]
    assert cm["application.sync.requireOverridePrivilegeForRevisionSync"] is True
    assert argocd.values["configs"]["params"]["server.sync.replace.allowed"] is False


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("*", "", True),
        ("*/*", "services/api", True),
        ("*/*", "services", False),
        ("action/*", "action/argoproj.io/Rollout/abort", True),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("{dev,staging}/*", "staging/x", True),
        ("{dev,staging}/*", "prod/x", False),
        ("[!a]b", "ab", False),
        (r"a\*", "ab", False),
        (r"a\*", "a*", True),
        ("a.b", "axb", False),
    ],
)
def test_globs_match_as_argo_cds_do(pattern: str, text: str, matches: bool) -> None:
    assert glob_match(pattern, text) is matches


def test_a_malformed_line_is_refused() -> None:
    with pytest.raises(ValueError, match="invalid RBAC policy"):
        Policy(data={"policy.csv": "p, role:x, applications, get, allow"}).allows(
            Person("ada"), "applications", "get", "a/b"
        )
