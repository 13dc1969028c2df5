"""Argo CD in one environment: what it watches, who may sign in, what it tells."""

import re
from typing import Literal

from .schema import refuse, settings

# Hosts that other parts of the platform answer on.
TAKEN_HOSTS = ("api", "monitoring")

# Where `make argocd` shows Argo CD; the identity provider must know it as a place to come back to.
LOCAL_PORT = 8443


@settings
class Repository:
    """The GitOps repository, the same for all environments.

    url: as git takes it, https or ssh.
    revision: the branch that the clusters follow.
    private: True where reading it needs credentials; people put them into the environment's
        secret `tribe/<environment>/argocd/repository` (argocd/README.md says how).
    """

    url: str
    revision: str
    private: bool

    def __post_init__(self) -> None:
        if re.match(r"https?://[^/]*@", self.url):
            mend = (
                "Take it out, and put it into the secret: this file and the state are read by many."
            )
            refuse(self, "url", "has a user or password in it.", mend)
        if not re.fullmatch(r"(https://|ssh://git@|git@)[\w.-]+(:\d+)?[:/][\w./-]+", self.url):
            mend = 'Write one such as "https://github.com/<owner>/<name>.git".'
            refuse(self, "url", f"{self.url!r} is not a repository's address.", mend)
        if not self.url.startswith("https://") and not self.private:
            mend = "Write private=True: ssh always needs a key."
            refuse(self, "private", "is False, and the address is for ssh.", mend)
        if not re.fullmatch(r"[\w][\w./-]*", self.revision) or self.revision == "HEAD":
            mend = 'Write the branch, such as "main": HEAD moves when the default branch does.'
            refuse(self, "revision", f"{self.revision!r} is not a branch.", mend)


@settings
class SingleSignOn:
    """People sign in at an OpenID Connect provider. The client is public and proves itself by PKCE,
    so that there is no client secret to keep, to rotate, or to have before the first sign-in.

    developers, approvers: groups, as the provider spells them.
    groups_claim: the claim of the ID token that lists a person's groups.
    """

    issuer_url: str
    client_id: str
    developers: tuple[str, ...]
    approvers: tuple[str, ...]
    groups_claim: str = "groups"

    def __post_init__(self) -> None:
        if not re.fullmatch(r"https://\S+", self.issuer_url):
            mend = "Write the provider's https URL."
            refuse(self, "issuer_url", f"{self.issuer_url!r} is not https.", mend)
        for field in ("client_id", "groups_claim"):
            if not re.fullmatch(r"[\w.:/-]+", getattr(self, field)):
                problem = f"{getattr(self, field)!r} is not one."
                refuse(self, field, problem, "Write it as the provider shows it.")
        for field in ("developers", "approvers"):
            self._check_groups(field, getattr(self, field))
        both = set(self.developers) & set(self.approvers)
        if both:
            mend = "Make a group of approvers: else whoever develops approves."
            refuse(self, "approvers", f"and developers both name {min(both)}.", mend)

    def _check_groups(self, field: str, groups: tuple[str, ...]) -> None:
        if not groups:
            refuse(self, field, "is empty.", 'Name a group, such as ("tribe-developers",).')
        for group in groups:
            # Each group becomes a line of Argo CD's policy, which is CSV.
            if not re.fullmatch(r"[\w/][\w@.:/ -]*", group) or group != group.strip():
                mend = "Write letters, digits and @ . : / - alone."
                refuse(self, field, f"{group!r} cannot be a line of a policy.", mend)
            # Argo CD's own names: its built-in policy makes a group "admin" an administrator.
            if group == "admin" or group.startswith(("role:", "proj:")):
                refuse(self, field, f"{group!r} is Argo CD's own name.", "Name another group.")


@settings
class Notifications:
    """What Argo CD tells, and whom. Its keys are in the environment's secret
    `tribe/<environment>/argocd/notifications` (argocd/README.md says which).

    slack_channel, events: what a channel is told; None tells none.
    deployments: True tells GitHub how each deployment of a service went, as a deployment status of
        the GitOps repository. `tribe promote` goes by it: without it, nothing counts as healthy.
    """

    slack_channel: str | None = None
    events: tuple[Literal["deployed", "health-degraded", "sync-failed"], ...] = (
        "deployed",
        "health-degraded",
        "sync-failed",
    )
    deployments: bool = False

    def __post_init__(self) -> None:
        channel = self.slack_channel
        if channel is None and not self.deployments:
            mend = "Name one, write deployments=True, or leave notifications out."
            refuse(self, "slack_channel", "is missing, and nothing else is told.", mend)
        if channel is not None and not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", channel):
            mend = 'Write it in lower case and without #, such as "tribe-prod".'
            refuse(self, "slack_channel", f"{channel!r} is not a channel.", mend)
        if not self.events:
            refuse(self, "events", "is empty.", "Name one, or leave notifications out.")
        if len(set(self.events)) < len(self.events):
            refuse(self, "events", "names one twice.", "Name each once.")


@settings
class BreakGlass:
    """The role for the hour in which nothing else works, and who hears of each use.

    role: an IAM role of the account, with an access entry of its own that makes it administrator.
    tell: e-mail addresses; each must confirm once.
    """

    role: str
    tell: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.tell:
            mend = "Name an address: a way in that nobody hears of is a back door."
            refuse(self, "tell", "is empty.", mend)
        for address in self.tell:
            if not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", address):
                mend = 'Write one such as "on-call@example.com".'
                refuse(self, "tell", f"{address!r} is not an e-mail address.", mend)


@settings
class GitOps:
    """Argo CD.

    sync: "automatic", or "manual" where each change waits for an approver.
    sso: None leaves the local administrator as the only way in; never in production.
    host: the first label of the host where people see Argo CD, under the environment's domain;
        None leaves `make argocd` as the only way to see it. The GitOps repository has an ingress
        class "argocd" for the same host.
    """

    repository: Repository
    sync: Literal["automatic", "manual"]
    sso: SingleSignOn | None = None
    host: str | None = None
    notifications: Notifications | None = None
    break_glass: BreakGlass | None = None

    def __post_init__(self) -> None:
        deployments = self.notifications is not None and self.notifications.deployments
        if deployments and not re.match(r"[^/]*(//|@)(git@)?github\.com[:/]", self.repository.url):
            mend = "Write deployments=False, and promote with --accept-unknown-health."
            problem = f"tell GitHub of deployments, and {self.repository.url} is not there."
            refuse(self, "notifications", problem, mend)
        if self.host is None:
            return
        if not re.fullmatch(r"[a-z]([a-z0-9-]{0,30}[a-z0-9])?", self.host):
            # The certificate covers the domain and one label below it.
            mend = 'Write one label, such as "argocd"; the domain follows.'
            refuse(self, "host", f"{self.host!r} is not a label.", mend)
        if self.host in TAKEN_HOSTS:
            refuse(self, "host", f"{self.host!r} is another part's.", 'Write "argocd".')
        if self.sso is None:
            mend = "Give it sso, or leave host out: a password form is not for the internet."
            refuse(self, "host", "has no sign-on before it.", mend)
