"""Where Terraform keeps what it knows: one bucket per account, locked by a file in it."""

from cdktf import LocalBackend, S3Backend, TerraformStack

from stacks.naming import ORGANISATION
from stacks.settings import Account


def keep_state(stack: TerraformStack, *, account: Account, name: str) -> None:
    """Give `stack` its backend: the account's bucket, or the local disk where none is named.

    name: the stack's; the state's key follows from it.
    """
    if account.state_bucket is None:
        # Beside main.py, not in the output folder, which `make clean` removes.
        LocalBackend(stack, path=f"../../../terraform.{name}.tfstate")
        return
    S3Backend(
        stack,
        bucket=account.state_bucket,
        key=f"{ORGANISATION}/{name}.tfstate",
        region=account.region,
        encrypt=True,
        # A state must never be read or written in the wrong account.
        allowed_account_ids=[account.id],
    )
    # cdktf 0.21 was made before Terraform 1.10, whose lock needs no table.
    stack.add_override("terraform.backend.s3.use_lockfile", True)
