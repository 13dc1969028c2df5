"""What a deployer may do with KMS: make keys, and keep those that bear its environment's tag."""

from stacks.naming import name
from stacks.permissions.ownership import asked, here, tagged
from stacks.policy import Statement
from stacks.settings import Environment


def change_keys(environment: Environment) -> list[Statement]:
    """Make, change and delete keys and aliases; not use them."""
    place = f"{environment.region}:{environment.account.id}"
    return [
        Statement(
            sid="NewKeys",
            actions=["kms:CreateKey"],
            resources=["*"],
            conditions={"StringEquals": {**here(environment), **asked(environment)}},
            why="AWS has no resource for it: a key has no ARN before it is made",
        ),
        # A new key has no tag yet; another environment's has one, and stays its own.
        Statement(
            sid="TagNewKeys",
            actions=["kms:TagResource"],
            resources=["*"],
            conditions={
                "StringEquals": asked(environment),
                "StringEqualsIfExists": tagged(environment),
            },
            # https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
            why="KMS refuses to tag a new key by a policy that names keys or their region",
        ),
        # An alias asks for rights on both its ends; the other is in OwnKeys.
        Statement(
            sid="OwnAliases",
            actions=["kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"],
            resources=[f"arn:aws:kms:{place}:alias/{name(environment.name)}-*"],
        ),
        Statement(
            sid="OwnKeys",
            actions=[
                "kms:CreateAlias",
                "kms:CreateGrant",
                "kms:DeleteAlias",
                "kms:EnableKeyRotation",
                "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion",
                "kms:TagResource",
                "kms:UntagResource",
                "kms:UpdateAlias",
                "kms:UpdateKeyDescription",
            ],
            resources=[f"arn:aws:kms:{place}:key/*"],
            conditions={"StringEquals": tagged(environment)},
        ),
    ]
