"""Once per account: state bucket, the ceiling of all roles, GitHub's roles; images in one."""

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_service_linked_role import IamServiceLinkedRole
from constructs import Construct

from stacks.boundary import boundary_document
from stacks.bucket import Contents, bucket
from stacks.encryption import key
from stacks.github import github_provider, github_roles
from stacks.image_release import push_roles
from stacks.naming import ACCOUNT_SCOPE, name
from stacks.registry import registry
from stacks.services import Service
from stacks.settings import Account, Environment
from stacks.stack import AccountStack
from stacks.waivers import waive

# An account outlives every environment in it: its key and state are guarded as in prod.
KEY_DELETION_DAYS = 30
OLD_STATE_DAYS = 365


class AccountGround(AccountStack):
    """What an account needs before an environment can stand in it. Applied by `make bootstrap`.

    environments: those that stand in this account, whose deployers get roles here.
    pullers: accounts that pull images, where this one holds them.
    """

    def __init__(
        self,
        scope: Construct,
        account: Account,
        *,
        environments: Sequence[Environment],
        pullers: Sequence[Account],
        services: Sequence[Service],
    ) -> None:
        super().__init__(
            scope,
            account=account,
            owner=ACCOUNT_SCOPE,
            noun=account.name,
            region=account.region,
            production=True,
        )
        self.account = account
        for service in account.service_linked_roles:
            IamServiceLinkedRole(
                self, f"{service.partition('.')[0]}-role", aws_service_name=service
            )
        boundary = IamPolicy(
            self,
            "boundary",
            name=name("boundary"),
            description="The most that any role made by this platform can do",
            policy=boundary_document(account),
        )
        waive(
            boundary,
            "CKV2_AWS_40",
            *(f"CKV_AWS_{number}" for number in (62, 63, 286, 287, 288, 289, 290, 355)),
            why="A boundary grants nothing: it allows all so that its denials are what is left.",
        )
        state_key = self._state() if account.state_bucket else None
        if environments or account.holds_images:
            provider = github_provider(self)
        if environments:
            github_roles(
                self,
                account=account,
                environments=environments,
                state_key=state_key,
                provider=provider,
            )
        if account.holds_images:
            registry(self, account=account, pullers=pullers, services=services)
            push_roles(self, account=account, services=services, provider=provider)

    def _state(self) -> str:
        """The bucket of this account's states, and its key. Returns the key's ARN."""
        state_key = key(
            self,
            "state-key",
            alias=name("state"),
            description="Terraform states",
            account_id=self.account.id,
            deletion_days=KEY_DELETION_DAYS,
        ).arn
        bucket(
            self,
            "state",
            name=str(self.account.state_bucket),
            contents=Contents(
                key_arn=state_key, expire_days=None, versioned=True, old_version_days=OLD_STATE_DAYS
            ),
            lifecycle=self.kept(),
        )
        return state_key
