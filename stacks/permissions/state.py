"""What the pipelines may do with Terraform's states: read their own, and write it to apply."""

from stacks.naming import ORGANISATION
from stacks.policy import Statement
from stacks.settings import Account, Environment


def read_state(
    account: Account, environment: Environment, *, state_key: str | None
) -> list[Statement]:
    """The environment's own states. A plan takes no lock, so that it needs no right to write."""
    if account.state_bucket is None:
        return []
    return [
        Statement(
            sid="FindState",
            actions=["s3:ListBucket"],
            resources=[f"arn:aws:s3:::{account.state_bucket}"],
        ),
        Statement(
            sid="ReadState",
            actions=["s3:GetObject"],
            resources=[f"arn:aws:s3:::{account.state_bucket}/{ORGANISATION}/{environment.name}-*"],
        ),
        Statement(sid="DecryptState", actions=["kms:Decrypt"], resources=[str(state_key)]),
    ]


def write_state(
    account: Account, environment: Environment, *, state_key: str | None
) -> list[Statement]:
    """Writing a state, and the lock file beside it, which must also be deleted."""
    if account.state_bucket is None:
        return []
    states = f"arn:aws:s3:::{account.state_bucket}/{ORGANISATION}/{environment.name}-*"
    return [
        Statement(sid="WriteState", actions=["s3:PutObject"], resources=[states]),
        Statement(sid="Unlock", actions=["s3:DeleteObject"], resources=[f"{states}.tflock"]),
        Statement(sid="EncryptState", actions=["kms:GenerateDataKey"], resources=[str(state_key)]),
    ]
