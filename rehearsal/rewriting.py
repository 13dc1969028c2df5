"""What changes in the copy of a stack, so that it meets the emulator instead of AWS.

Only the edges change: the provider's version and its way to sign in, and where state is kept. The
resources stay as they were synthesized.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

REMOTE_STATE = "cross-stack-reference-input-"

DEFAULT_ACCOUNT = "000000000000"
"""The account of a provider block that names none."""

SECRET_KEY = "rehearsal"

TEST_PROVIDER = {
    "secret_key": SECRET_KEY,
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "s3_use_path_style": True,
    # Loopback loses nothing. What fails would fail 25 times, the provider's own number.
    "max_retries": 2,
}


class CannotRewrite(Exception):
    """A stack's JSON has something that the rehearsal cannot carry over to its copy."""


def pin_provider(document: dict[str, Any], *, version: str) -> None:
    for each in document["terraform"]["required_providers"].values():
        each["version"] = version


def use_test_account(document: dict[str, Any]) -> None:
    """Sign in to the emulator, in the account that the provider block names.

    `allowed_account_ids` stays: the emulator takes a 12-digit access key for the account, so the
    provider's own check of it runs here too.
    """
    for block in document["provider"]["aws"]:
        account = _account(block)
        for name in ("assume_role", "assume_role_with_web_identity", "profile", "endpoints"):
            block.pop(name, None)
        block.update(TEST_PROVIDER, access_key=account)


def _account(block: Mapping[str, Any]) -> str:
    if allowed := block.get("allowed_account_ids"):
        return allowed[0]
    roles = block.get("assume_role", [])
    for role in roles if isinstance(roles, list) else [roles]:
        if match := re.match(r"arn:[^:]+:iam::(\d{12}):", role.get("role_arn", "")):
            return match[1]
    return DEFAULT_ACCOUNT


def use_local_state(document: dict[str, Any], *, upstream: Collection[str]) -> None:
    """Keep state in the stack's own folder, and read that of `upstream` from the folders beside it.

    CDKTF names such a data source after its stack: `cross-stack-reference-input-<stack>`.
    """
    document["terraform"].pop("backend", None)
    for name, body in document.get("data", {}).get("terraform_remote_state", {}).items():
        stack = name.removeprefix(REMOTE_STATE)
        if stack not in upstream:
            raise CannotRewrite(
                f"data.terraform_remote_state.{name} is of no stack that this one depends on "
                f"({', '.join(upstream) or 'none'}), so the rehearsal has no state for it."
            )
        body["backend"] = "local"
        body["config"] = {"path": f"../{stack}/terraform.tfstate"}
