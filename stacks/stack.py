"""What all stacks share: a name, a state, a provider, tags, and the guardrails."""

from collections.abc import Sequence

from cdktf import TerraformResourceLifecycle, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags
from constructs import Construct

from stacks.guardrails import guard
from stacks.naming import name, tags
from stacks.settings import Account, Environment
from stacks.state import keep_state


class AccountStack(TerraformStack):
    """A stack of one account. Its id is `<scope>-<noun>`."""

    def __init__(
        self,
        scope: Construct,
        *,
        account: Account,
        owner: str,
        noun: str,
        region: str,
        production: bool,
    ) -> None:
        super().__init__(scope, f"{owner}-{noun}")
        keep_state(self, account=account, name=f"{owner}-{noun}")
        AwsProvider(
            self,
            "aws",
            region=region,
            allowed_account_ids=[account.id],
            default_tags=[AwsProviderDefaultTags(tags=tags(scope=owner, noun=noun))],
        )
        guard(self, production=production)
        self.production = production

    def kept(self, *, ignore: Sequence[str] = ()) -> TerraformResourceLifecycle:
        """The lifecycle of what is stateful: in production Terraform refuses to destroy it.

        ignore: arguments that something other than Terraform owns.
        """
        return TerraformResourceLifecycle(
            prevent_destroy=self.production or None,
            ignore_changes=list(ignore) or None,
        )


class EnvironmentStack(AccountStack):
    """A stack of one environment, in its account and region."""

    def __init__(self, scope: Construct, environment: Environment, *, noun: str) -> None:
        super().__init__(
            scope,
            account=environment.account,
            owner=environment.name,
            noun=noun,
            region=environment.region,
            production=environment.production,
        )
        self.environment = environment

    def named(self, *parts: str) -> str:
        """`tribe-<environment>-<parts>`."""
        return name(self.environment.name, *parts)
