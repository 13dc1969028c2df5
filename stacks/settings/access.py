"""Who may use the Kubernetes API: roles of the account, and people from elsewhere."""

import re
from typing import Literal

from .schema import refuse, settings


@settings
class Access:
    """Who may use the Kubernetes API: an IAM role of the account, by an EKS access entry.

    role: the role's name, with its path if it has one.
    groups: Kubernetes groups that the cluster's own RBAC knows.
    policy: an EKS access policy over the whole cluster, for those whom RBAC may not lock out.
    """

    role: str
    groups: tuple[str, ...] = ()
    policy: Literal["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminViewPolicy"] | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"([\w+=,.@-]+/)*[\w+=,.@-]{1,64}", self.role):
            mend = 'Write the role\'s name, such as "tribe-developers"; the account is known.'
            refuse(self, "role", f"{self.role!r} is not the name of an IAM role.", mend)
        for group in self.groups:
            if group.startswith(("system:", "eks:")):  # EKS refuses these
                refuse(
                    self,
                    "groups",
                    f"{group!r} is reserved.",
                    'Write one of ours: "tribe:developers".',
                )
        if not self.groups and not self.policy:
            refuse(
                self,
                "groups",
                f"of {self.role} is empty.",
                "Give groups or a policy: else it may nothing.",
            )


@settings
class ExternalIdentity:
    """People from an OpenID Connect provider, beside IAM. One provider a cluster, EKS's limit."""

    issuer_url: str
    client_id: str
    username_claim: str = "email"
    groups_claim: str = "groups"
    prefix: str = "oidc:"  # keeps a foreign group from bearing the name of one of ours

    def __post_init__(self) -> None:
        if not self.issuer_url.startswith("https://"):
            refuse(
                self,
                "issuer_url",
                f"{self.issuer_url!r} is not https.",
                "Write the provider's https URL.",
            )
        if not self.client_id:
            refuse(self, "client_id", "is empty.", "Write the client's id at that provider.")
        if "?" in self.issuer_url:
            refuse(
                self,
                "issuer_url",
                f"{self.issuer_url!r} has a query.",
                "Write it without: EKS takes none.",
            )
        # EKS reads "-" as "no prefix", and keeps "system:" for itself.
        if self.prefix in ("", "-") or self.prefix.startswith("system"):
            refuse(
                self, "prefix", f"{self.prefix!r} sets nobody apart.", 'Write one, such as "oidc:".'
            )
