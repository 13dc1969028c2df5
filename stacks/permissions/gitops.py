"""What `terraform apply` needs to hand Argo CD its secrets: to read its entries, and no other's."""

from stacks.naming import SCOPE_TAG, secret_prefix
from stacks.policy import Statement
from stacks.settings import Environment


def hand_over_secrets(environment: Environment, *, namespace: str) -> list[Statement]:
    """Reading `tribe/<environment>/<namespace>/*`. namespace: Argo CD's."""
    region, account_id = environment.region, environment.account.id
    entries = f"secret:{secret_prefix(environment.name, namespace)}*"
    return [
        Statement(
            sid="ArgoCdEntries",
            actions=["secretsmanager:GetSecretValue"],
            resources=[f"arn:aws:secretsmanager:{region}:{account_id}:{entries}"],
        ),
        Statement(
            sid="DecryptThem",
            actions=["kms:Decrypt"],
            resources=[f"arn:aws:kms:{region}:{account_id}:key/*"],
            conditions={
                "StringEquals": {
                    "kms:ViaService": f"secretsmanager.{region}.amazonaws.com",
                    f"aws:ResourceTag/{SCOPE_TAG}": environment.name,
                }
            },
        ),
    ]
