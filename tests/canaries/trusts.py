"""Ways into roles that are wider than they look."""

from gates import principals
from tests.canaries.canary import Canary
from tests.canaries.statement import Trust

GITHUB = "token.actions.githubusercontent.com"
STRANGER = "arn:aws:iam::999999999999:root"
FEDERATED = {
    "Principal": {"Federated": "${aws_iam_openid_connect_provider.github.arn}"},
    "Action": "sts:AssumeRoleWithWebIdentity",
}

TRUSTS = (
    Canary(
        claim="a role for every pull request of every repository of the world",
        bad=Trust(
            statement={
                **FEDERATED,
                "Condition": {
                    "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
                    "StringLike": {f"{GITHUB}:sub": "repo:*"},
                },
            }
        ),
        rejected_by={principals.loose_trusts: "without looking at its sub"},
    ),
    Canary(
        claim="a role for tokens that were made for someone else",
        bad=Trust(
            statement={
                **FEDERATED,
                "Condition": {"StringEquals": {f"{GITHUB}:sub": "repo:tribe-example/platform"}},
            }
        ),
        rejected_by={principals.loose_trusts: "without looking at its aud"},
    ),
    Canary(
        claim="a service that acts for whoever asks it",
        bad=Trust(
            statement={
                "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ),
        rejected_by={principals.loose_trusts: "vpc-flow-logs.amazonaws.com for any account"},
    ),
    Canary(
        claim="a role that a whole account may take",
        bad=Trust(
            statement={
                "Principal": {"AWS": "arn:aws:iam::222222222222:root"},
                "Action": "sts:AssumeRole",
            },
            said="Our own account.",
        ),
        rejected_by={principals.loose_trusts: "trusts all of arn:aws:iam::222222222222:root"},
    ),
    Canary(
        claim="a role that another company's account may take",
        bad=Trust(statement={"Principal": {"AWS": STRANGER}, "Action": "sts:AssumeRole"}),
        rejected_by={principals.foreign_principals: "allows account 999999999999"},
    ),
)
