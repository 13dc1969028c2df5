"""What policies allow."""

from tests.review.stacks.tiny import BUCKET, VPC, allow, deny, policy
from tests.review.stacks.told.case import Told, comes, one

OF_BUCKET = {"bucket": "${aws_s3_bucket.logs.id}"}
OF_ROLE = {"role": "${aws_iam_role.app.name}"}

POLICIES = (
    comes(
        "a bucket that is there gets a policy that denies alone",
        BUCKET, "aws_s3_bucket_policy.logs",
        {**OF_BUCKET, "policy": policy(deny("s3:*", Principal="*"))},
    ),
    comes(
        "a new role may do everything from one address",
        VPC, "aws_iam_policy.new",
        {
            "name": "new",
            "policy": policy(
                allow("sqs:*", Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}})
            ),
        },
    ),
    Told(
        "one policy that denies stands in another's place",
        {**BUCKET, "aws_s3_bucket_policy.a": {
            **OF_BUCKET, "policy": policy(deny("s3:*", Principal="*"))}},
        {**BUCKET, "aws_s3_bucket_policy.b": {
            **OF_BUCKET, "policy": policy(deny("s3:*", Principal="*", Sid="b"))}},
        (),
    ),
    one(
        "a role may do all but one thing",
        "aws_iam_role_policy.app",
        {**OF_ROLE, "policy": policy(allow("s3:GetObject"))},
        {**OF_ROLE, "policy": policy(
            {"Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:queue"})},
        "allows more than before in policy: new action: NOT iam:*",
    ),
    one(
        "a role's exception stays as it was",
        "aws_iam_role_policy.app",
        {**OF_ROLE, "policy": policy(
            {"Effect": "Allow", "NotAction": "iam:*", "Resource": ["arn:a", "arn:b"]})},
        {**OF_ROLE, "policy": policy(
            {"Effect": "Allow", "NotAction": "iam:*", "Resource": ["arn:a"]})},
    ),
    one(
        "a queue is open to all but one",
        "aws_sqs_queue_policy.orders",
        {"policy": policy(allow("sqs:SendMessage", Principal={"AWS": "111111111111"}))},
        {"policy": policy(allow("sqs:SendMessage", NotPrincipal={"AWS": "222222222222"}))},
        'allows more than before in policy: new principal: NOT {"AWS": ["222222222222',
    ),
)  # fmt: skip
