"""The permissions boundary: a ceiling for every role that this platform makes.

Whoever may make roles could else make one stronger than himself. The deployers may make roles
only with this boundary, and the boundary lets none of them touch IAM
(https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
"""

from stacks.naming import SCOPE_TAG, name
from stacks.policy import Statement, document
from stacks.settings import Account


def boundary_document(account: Account) -> str:
    """The boundary's policy. It grants nothing: a role still needs a policy of its own."""
    return document(
        [
            *_no_state(account),
            Statement(
                sid="Ceiling",
                actions=["*"],
                resources=["*"],
                why="a boundary grants nothing; what roles may do is in their own policies",
            ),
            Statement(
                sid="NoIdentity",
                effect="Deny",
                # All of it: to pass a role, or to set an old version of a policy, is a way up too.
                actions=["iam:*", "organizations:*", "account:*"],
                resources=["*"],
                # Load balancers need their service's own role once; AWS fixes what that one may.
                conditions={
                    "StringNotEqualsIfExists": {
                        "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com"
                    }
                },
            ),
            Statement(
                sid="NoWayOut",
                effect="Deny",
                actions=["sts:AssumeRole"],
                resources=["*"],
                conditions={"StringNotEquals": {"aws:ResourceAccount": account.id}},
            ),
            # A role that others made may be an administrator's, and trust the whole account.
            Statement(
                sid="NoForeignRole",
                effect="Deny",
                actions=["sts:AssumeRole"],
                resources=["*"],
                conditions={"Null": {f"aws:ResourceTag/{SCOPE_TAG}": "true"}},
            ),
            Statement(
                sid="NoDeployer",
                effect="Deny",
                actions=["sts:AssumeRole"],
                resources=[f"arn:aws:iam::{account.id}:role/{name('*-apply')}"],
            ),
        ]
    )


def _no_state(account: Account) -> list[Statement]:
    """States hold what Terraform knows, secrets of clients among it: for the deployers alone."""
    if account.state_bucket is None:
        return []
    bucket = f"arn:aws:s3:::{account.state_bucket}"
    return [
        Statement(sid="NoState", effect="Deny", actions=["s3:*"], resources=[bucket, f"{bucket}/*"])
    ]
