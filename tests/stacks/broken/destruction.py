"""Things in prod that one mistake would destroy."""

from stacks.guardrails import destruction
from tests.stacks.broken.case import Case

CASES = (
    *(
        Case(
            rule=destruction.kept,
            claim=f"{kind} in prod without prevent_destroy",
            address=f"{kind}.some",
            mend="lifecycle=stack.kept()",
            broken={kind: {"some": {"lifecycle": {"create_before_destroy": True}}}},
            mended={kind: {"some": {"lifecycle": {"prevent_destroy": True}}}},
            production=True,
        )
        for kind in destruction.STATEFUL
    ),
    Case(
        rule=destruction.protected,
        claim="a cluster in prod without its own protection",
        address="aws_eks_cluster.cluster",
        mend="deletion_protection=True",
        broken={"aws_eks_cluster": {"cluster": {"deletion_protection": False}}},
        mended={"aws_eks_cluster": {"cluster": {"deletion_protection": True}}},
        production=True,
    ),
    Case(
        rule=destruction.protected,
        claim="a user pool in prod without its own protection",
        address="aws_cognito_user_pool.pool",
        mend='deletion_protection="ACTIVE"',
        broken={"aws_cognito_user_pool": {"pool": {"name": "pool"}}},
        mended={"aws_cognito_user_pool": {"pool": {"deletion_protection": "ACTIVE"}}},
        production=True,
    ),
    Case(
        rule=destruction.slow_keys,
        claim="a key in prod that is gone in a week",
        address="aws_kms_key.logs",
        mend="deletion_window_in_days=30",
        broken={"aws_kms_key": {"logs": {"deletion_window_in_days": 7}}},
        mended={"aws_kms_key": {"logs": {"deletion_window_in_days": 30}}},
        production=True,
    ),
)
