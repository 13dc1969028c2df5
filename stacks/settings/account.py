"""AWS accounts, and GitHub's way into them."""

import re

from .schema import refuse, settings


@settings
class Account:
    """One AWS account.

    id: twelve digits, as text.
    region: where the account's own things are: its state bucket, its image registry.
    state_bucket: bucket of the Terraform states; None keeps states on the local disk.
    holds_images: True for the one account from whose registry all environments pull.
    service_linked_roles: AWS services whose role this account lacks and key policies name;
        leave out those that exist already (`aws iam get-role --role-name …`).
    """

    name: str
    id: str
    region: str
    state_bucket: str | None
    holds_images: bool = False
    service_linked_roles: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,20}", self.name):
            refuse(self, "name", f"{self.name!r} is not a name.", 'Write one such as "nonprod".')
        if not re.fullmatch(r"[0-9]{12}", self.id):
            mend = "Write the twelve digits, in quotes, with leading zeros."
            refuse(self, "id", f"{self.id!r} is not an account id.", mend)
        check_region(self, self.region)
        for service in self.service_linked_roles:
            if not re.fullmatch(r"[a-z0-9-]+\.amazonaws\.com", service):
                mend = f'Write "{service.partition(".")[0]}.amazonaws.com".'
                refuse(self, "service_linked_roles", f"{service!r} is not a service.", mend)
        if len(set(self.service_linked_roles)) < len(self.service_linked_roles):
            refuse(self, "service_linked_roles", "names a service twice.", "Name each once.")
        # https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; no dots,
        # because they break TLS to the virtual host.
        if self.state_bucket is not None and not re.fullmatch(
            r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", self.state_bucket
        ):
            mend = "Write lower case, digits and dashes, or None for local state."
            refuse(self, "state_bucket", f"{self.state_bucket!r} is not a bucket name.", mend)


@settings
class Deployer:
    """The GitHub subjects that may take an environment's roles, as its OIDC tokens spell them.

    plan: subjects that may read, such as pull requests.
    apply: the one subject that may change things: it must name a GitHub environment, because
        only those can ask a person first.

    Repositories made, renamed or moved after 2026-07-15 send immutable subjects:
    `repo:owner@ID/name@ID:…` (https://docs.github.com/actions/concepts/security/openid-connect).
    """

    plan: tuple[str, ...]
    apply: str

    def __post_init__(self) -> None:
        if not self.plan:
            refuse(self, "plan", "is empty.", 'Write ("repo:<owner>/<name>:pull_request",).')
        for field, subject in (*(("plan", each) for each in self.plan), ("apply", self.apply)):
            if re.search(r"[*?]", subject):
                mend = "Write the whole subject: a wildcard lets other repositories or branches in."
                refuse(self, field, f"{subject!r} has a wildcard.", mend)
            if not re.fullmatch(
                r"repo:[\w.-]+(@\d+)?/[\w.-]+(@\d+)?:(pull_request|ref:refs/heads/[^:]+|environment:[^:]+)",
                subject,
            ):
                mend = 'Write "repo:<owner>/<name>:environment:<environment>".'
                refuse(self, field, f"{subject!r} is not a subject.", mend)
        if ":environment:" not in self.apply:
            mend = 'End it with ":environment:<environment>", where a person approves.'
            refuse(self, "apply", f"{self.apply!r} names no environment.", mend)


def check_region(owner: object, region: str) -> None:
    """Refuse what is not spelled like an AWS region."""
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", region):
        refuse(owner, "region", f"{region!r} is not a region.", 'Write one such as "eu-central-1".')
    if region.startswith("cn-") or "-gov-" in region or "-iso" in region:
        mend = (
            "Write a region of the partition whose ARNs begin with arn:aws:, as all names here do."
        )
        refuse(owner, "region", f"{region!r} is in another partition.", mend)
