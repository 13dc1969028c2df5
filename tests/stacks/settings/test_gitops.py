"""Argo CD's settings: what is refused everywhere, and what only prod refuses."""

from dataclasses import replace

import pytest

from stacks.environments import PLATFORM
from stacks.environments.dev import DEV
from stacks.environments.gitops import REPOSITORY, SSO
from stacks.environments.prod import PROD
from stacks.settings import BreakGlass, Environment, GitOps, Notifications, Repository
from tests.stacks.settings.refusal import refused

NOTIFICATIONS = Notifications(slack_channel="tribe-prod")
BREAK_GLASS = BreakGlass(role="tribe-break-glass", tell=("on-call@example.com",))


@pytest.mark.parametrize(
    ("url", "field", "mend"),
    [
        pytest.param("", "url", "https://github.com/", id="nothing"),
        pytest.param("github.com/tribe/gitops", "url", "https://", id="no scheme"),
        pytest.param("http://github.com/tribe/gitops.git", "url", "https://", id="in the clear"),
        pytest.param("file:///srv/gitops.git", "url", "https://", id="a file"),
        pytest.param("https://bob:pw@github.com/t/g.git", "url", "secret", id="with a password"),
        pytest.param("https://ghp_x@github.com/t/g.git", "url", "secret", id="with a token"),
        pytest.param("https://github.com/t/g.git\n", "url", "https://", id="with a newline"),
        pytest.param('https://github.com/t/g"}', "url", "https://", id="that ends its quotes"),
    ],
)
def test_refuses_the_repository(url: str, field: str, mend: str) -> None:
    refusal = refused(lambda: replace(REPOSITORY, url=url))
    assert refusal.field == f"Repository.{field}"
    assert mend in refusal.mend


def test_refuses_an_ssh_address_without_credentials() -> None:
    refusal = refused(
        lambda: Repository(url="git@github.com:t/g.git", revision="main", private=False)
    )
    assert refusal.field == "Repository.private"


@pytest.mark.parametrize(
    "url", ["git@github.com:t/g.git", "ssh://git@git.example.com:7999/t/g.git"]
)
def test_accepts_an_ssh_address_with_credentials(url: str) -> None:
    assert Repository(url=url, revision="main", private=True).url == url


@pytest.mark.parametrize("revision", ["", "HEAD", "-x", "main branch", "main\n", "../main"])
def test_refuses_the_revision(revision: str) -> None:
    refusal = refused(lambda: replace(REPOSITORY, revision=revision))
    assert refusal.field == "Repository.revision"
    assert '"main"' in refusal.mend


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"issuer_url": "http://login"}, "issuer_url", "https", id="in the clear"),
        pytest.param({"client_id": ""}, "client_id", "provider", id="no client"),
        pytest.param({"client_id": "a\nb: c"}, "client_id", "provider", id="YAML in the client"),
        pytest.param({"groups_claim": "a]"}, "groups_claim", "provider", id="a claim that is none"),
        pytest.param({"developers": ()}, "developers", "Name a group", id="no developers"),
        pytest.param({"approvers": ()}, "approvers", "Name a group", id="no approvers"),
        pytest.param({"developers": "devs"}, "developers", "('devs',)", id="a group for a tuple"),
        pytest.param({"developers": ("",)}, "developers", "letters", id="an empty group"),
        pytest.param(
            {"developers": ("a, role:admin",)}, "developers", "letters", id="a line of policy"
        ),
        pytest.param({"developers": ("a\ng",)}, "developers", "letters", id="two lines"),
        pytest.param({"developers": ('"a"',)}, "developers", "letters", id="quotes"),
        pytest.param({"developers": ("devs ",)}, "developers", "letters", id="a trailing space"),
        pytest.param({"approvers": ("*",)}, "approvers", "letters", id="everyone"),
        pytest.param({"developers": ("admin",)}, "developers", "another", id="Argo CD's admin"),
        pytest.param({"approvers": ("role:admin",)}, "approvers", "another", id="a role"),
        pytest.param({"approvers": ("proj:a:b",)}, "approvers", "another", id="a project's role"),
        pytest.param(
            {"approvers": SSO.developers},
            "approvers",
            "group of approvers",
            id="one group for both",
        ),
    ],
)
def test_refuses_the_sign_on(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(SSO, **change))
    assert refusal.field == f"SingleSignOn.{field}"
    assert mend in refusal.mend


@pytest.mark.parametrize("group", ["tribe:devs", "/tribe/devs", "All Developers", "devs@tribe.com"])
def test_accepts_groups_as_providers_spell_them(group: str) -> None:
    assert replace(SSO, developers=(group,)).developers == (group,)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"slack_channel": "#tribe"}, "slack_channel", id="a channel with #"),
        pytest.param({"slack_channel": "Tribe"}, "slack_channel", id="upper case"),
        pytest.param({"slack_channel": ""}, "slack_channel", id="no channel"),
        pytest.param({"slack_channel": None}, "slack_channel", id="nothing to tell"),
        pytest.param({"deployments": "yes"}, "deployments", id="a word for yes"),
        pytest.param({"events": ()}, "events", id="no event"),
        pytest.param({"events": ("deployed", "deployed")}, "events", id="an event twice"),
        pytest.param({"events": ("deploy",)}, "events", id="an event that is none"),
    ],
)
def test_refuses_the_notifications(change: dict[str, object], field: str) -> None:
    refusal = refused(lambda: replace(NOTIFICATIONS, **change))
    assert refusal.field == f"Notifications.{field}"


DEPLOYMENTS = Notifications(deployments=True)


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example.com/t/g.git",
        "https://git.example.com/github.com/g.git",
        "https://github.com.example.com/t/g.git",
        "git@git.example.com:github.com/g.git",
    ],
)
def test_refuses_to_tell_github_of_another_hosts_deployments(url: str) -> None:
    elsewhere = Repository(url=url, revision="main", private=True)
    refusal = refused(lambda: replace(DEV.gitops, repository=elsewhere, notifications=DEPLOYMENTS))
    assert refusal.field == "GitOps.notifications"
    assert "deployments=False" in refusal.mend


@pytest.mark.parametrize(
    "url",
    ["https://github.com/t/g.git", "git@github.com:t/g.git", "ssh://git@github.com/t/g.git"],
)
def test_accepts_to_tell_github_alone(url: str) -> None:
    there = Repository(url=url, revision="main", private=True)
    gitops = replace(DEV.gitops, repository=there, notifications=DEPLOYMENTS)
    assert gitops.notifications == DEPLOYMENTS


@pytest.mark.parametrize("tell", [(), ("on-call",), ("a@b",), ("a@b.com, c@d.com",)])
def test_refuses_a_break_glass_that_nobody_hears_of(tell: tuple[str, ...]) -> None:
    assert refused(lambda: replace(BREAK_GLASS, tell=tell)).field == "BreakGlass.tell"


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        pytest.param({"host": "argocd.tribe"}, "one label", id="two labels"),
        pytest.param({"host": "Argo"}, "one label", id="upper case"),
        pytest.param({"host": ""}, "one label", id="nothing"),
        pytest.param({"host": "api"}, "argocd", id="the API's host"),
        pytest.param({"host": "monitoring"}, "argocd", id="Grafana's host"),
        pytest.param({"host": "argocd", "sso": None}, "sso", id="a host without a sign-on"),
    ],
)
def test_refuses_the_host(change: dict[str, object], mend: str) -> None:
    refusal = refused(lambda: replace(PROD.gitops, **change))
    assert refusal.field == "GitOps.host"
    assert mend in refusal.mend


def test_refuses_a_sync_that_is_none() -> None:
    refusal = refused(lambda: replace(DEV.gitops, sync="auto"))
    assert refusal.field == "GitOps.sync"
    assert "automatic" in refusal.mend + refusal.problem


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"sync": "automatic"}, "gitops.sync", '"manual"', id="sync by itself"),
        pytest.param({"sso": None, "host": None}, "gitops.sso", "SingleSignOn", id="no sign-on"),
        pytest.param(
            {"break_glass": None}, "gitops.break_glass", "BreakGlass", id="no last way in"
        ),
    ],
)
def test_prod_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(PROD, gitops=replace(PROD.gitops, **change)))
    assert refusal.field == f"Environment.{field}"
    assert mend in refusal.mend


def test_elsewhere_it_may_sync_by_itself_and_have_a_local_administrator() -> None:
    gitops = GitOps(repository=REPOSITORY, sync="automatic")
    assert replace(DEV, gitops=gitops).gitops.sso is None


@pytest.mark.parametrize("role", ["tribe-developers", "of-nobody"])
def test_refuses_a_break_glass_role_that_opens_nothing(role: str) -> None:
    gitops = replace(PROD.gitops, break_glass=replace(BREAK_GLASS, role=role))
    refusal = refused(lambda: replace(PROD, gitops=gitops))
    assert refusal.field == "Environment.gitops.break_glass"
    assert "AmazonEKSClusterAdminPolicy" in refusal.mend


def test_a_host_stands_below_the_domain_and_without_one_there_is_a_local_port() -> None:
    assert PROD.argocd_host == "argocd.tribe.example.com"
    assert DEV.argocd_host == "localhost:8443"


def test_a_missing_gitops_is_told() -> None:
    fields = {name: getattr(DEV, name) for name in DEV.__dataclass_fields__ if name != "gitops"}
    assert refused(lambda: Environment(**fields)).field == "Environment.gitops"


def test_no_environment_approves_what_it_develops() -> None:
    for environment in PLATFORM.environments:
        sso = environment.gitops.sso
        assert sso is not None
        assert not set(sso.developers) & set(sso.approvers)
