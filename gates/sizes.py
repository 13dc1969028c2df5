"""IAM's and KMS's limits on the length of policies.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space does not
count, but the documents here have none. What AWS makes counts as long as its stand-in.
"""

from collections.abc import Iterable, Iterator

from gates.documents import Document
from gates.roles import Role

MANAGED = 6_144
INLINE = 10_240
"""All inline policies of one role together."""
TRUST = 2_048
"""IAM raises it to 4,096 where asked to; nobody should have to ask."""
ATTACHED = 10
"""Managed policies on one role; IAM raises it to 20 where asked to."""

# Other resources' policies, by the resource's type.
RESOURCE = {
    "aws_ecr_repository_policy": 10_240,
    "aws_kms_key": 32_768,
    "aws_s3_bucket_policy": 20_480,
    "aws_sns_topic_policy": 30_720,
    "aws_sqs_queue": 8_192,
    "aws_vpc_endpoint": 20_480,
}


def too_long(documents: Iterable[Document], roles: Iterable[Role]) -> list[str]:
    """What AWS would refuse for its length, one sentence each."""
    return [
        f"{what} has {length}; AWS takes {limit}."
        for what, length, limit in (*_documents(documents), *_roles(roles))
        if length > limit
    ]


def _documents(documents: Iterable[Document]) -> Iterator[tuple[str, int, int]]:
    for document in documents:
        kind = document.address.partition(".")[0]
        if kind == "aws_iam_role_policy":
            continue  # with all others of its role
        limits = {"aws_iam_policy": MANAGED, "aws_iam_role": TRUST, **RESOURCE}
        if kind not in limits:
            raise LookupError(f"{kind} has a policy. Add its limit to RESOURCE in gates/sizes.py.")
        yield f"{document.stack} {document.address}", len(document.text), limits[kind]


def _roles(roles: Iterable[Role]) -> Iterator[tuple[str, int, int]]:
    for role in roles:
        yield f"{role}, inline together,", sum(len(each.text) for each in role.inline), INLINE
        attached = len(role.managed) + len(role.aws_managed)
        yield f"{role}, attached policies,", attached, ATTACHED
