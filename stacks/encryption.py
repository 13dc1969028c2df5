"""KMS: a key for each purpose, so that losing one, or trusting one too far, stays one mistake."""

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.kms_alias import KmsAlias
from cdktf_cdktf_provider_aws.kms_key import KmsKey
from constructs import Construct

from stacks.naming import role_arn
from stacks.policy import Statement, document
from stacks.settings import Environment
from stacks.stack import AccountStack, EnvironmentStack

# In a key's own policy "*" is that key.
THIS_KEY = ("*",)

# What a service needs to encrypt and decrypt data keys
# (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html).
CRYPTOGRAPHY = ("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*")
USE = (*CRYPTOGRAPHY, "kms:DescribeKey")

# Made by AWS for the whole account, when the account stack asks for it.
AUTOSCALING_ROLE = "aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"


def key(
    stack: AccountStack,
    purpose: str,
    *,
    alias: str,
    description: str,
    account_id: str,
    deletion_days: int,
    grants: Sequence[Statement] = (),
) -> KmsKey:
    """A rotating key and its alias. Its policy keeps the account's root, and adds `grants`."""
    made = KmsKey(
        stack,
        purpose,
        description=description,
        enable_key_rotation=True,
        deletion_window_in_days=deletion_days,
        policy=document([_account_root(account_id), *grants]),
        lifecycle=stack.kept(),
    )
    KmsAlias(stack, f"{purpose}-alias", name=f"alias/{alias}", target_key_id=made.key_id)
    return made


class Encryption(EnvironmentStack):
    """The environment's keys. What uses one gets its ARN, and IAM says who may."""

    def __init__(self, scope: Construct, environment: Environment) -> None:
        super().__init__(scope, environment, noun="encryption")
        account_id = environment.account.id
        self.cluster = self._key("cluster", "Kubernetes secrets in the control plane's store")
        self.volumes = self._key("volumes", "Disks of nodes and pods", *_autoscaling(account_id))
        self.logs = self._key("logs", "CloudWatch logs", _logs(account_id, environment.region))
        self.secrets = self._key("secrets", "Secrets Manager")
        self.buckets = self._key("buckets", "S3 buckets")

    def _key(self, purpose: str, description: str, *grants: Statement) -> str:
        return key(
            self,
            purpose,
            alias=self.named(purpose),
            description=f"{description}, {self.environment.name}",
            account_id=self.environment.account.id,
            deletion_days=self.environment.key_deletion_days,
            grants=grants,
        ).arn


def _account_root(account_id: str) -> Statement:
    return Statement(
        sid="AccountRoot",
        actions=["kms:*"],
        resources=THIS_KEY,
        principals={"AWS": f"arn:aws:iam::{account_id}:root"},
        why="without it no IAM policy reaches the key, and a mistaken policy locks it for ever",
    )


def _logs(account_id: str, region: str) -> Statement:
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    groups = f"arn:aws:logs:{region}:{account_id}:log-group:*"
    return Statement(
        sid="CloudWatchLogs",
        actions=CRYPTOGRAPHY,  # to describe a key has no context, so the condition would refuse it
        resources=THIS_KEY,
        principals={"Service": f"logs.{region}.amazonaws.com"},
        conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": groups}},
        why="in a key's policy * is that key; the context holds it to this account's log groups",
    )


def _autoscaling(account_id: str) -> tuple[Statement, Statement]:
    # https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
    who = {"AWS": role_arn(account_id, AUTOSCALING_ROLE)}
    why = "in a key's policy * is that key"
    return (
        Statement(sid="AutoScaling", actions=USE, resources=THIS_KEY, principals=who, why=why),
        Statement(
            sid="AutoScalingVolumes",
            actions=["kms:CreateGrant"],
            resources=THIS_KEY,
            principals=who,
            conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
            why=why,
        ),
    )
