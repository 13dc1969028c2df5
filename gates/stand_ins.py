"""What stands in for a value that AWS makes: an ARN or id of the right form.

Policies are full of references to resources that do not exist yet. With a stand-in each can be
measured, matched against the service authorization reference, and planned without its upstream.
"""

import re
from collections.abc import Mapping
from typing import Any

from gates.synthesis import Stacks

PLACE = "eu-central-1:000000000000"
UUID = "00000000-0000-0000-0000-000000000000"

# Terraform's type → its ARN. Ids and names need no table: AWS's are as various as it gets.
ARNS = {
    "aws_acm_certificate": f"arn:aws:acm:{PLACE}:certificate/{UUID}",
    "aws_acm_certificate_validation": f"arn:aws:acm:{PLACE}:certificate/{UUID}",
    "aws_cloudwatch_log_group": f"arn:aws:logs:{PLACE}:log-group:stand-in",
    "aws_cognito_user_pool": f"arn:aws:cognito-idp:{PLACE}:userpool/eu-central-1_standin00",
    "aws_eks_cluster": f"arn:aws:eks:{PLACE}:cluster/stand-in",
    "aws_eks_pod_identity_association": "arn:aws:iam::000000000000:role/stand-in",
    "aws_iam_openid_connect_provider": "arn:aws:iam::000000000000:oidc-provider/stand-in",
    "aws_iam_policy": "arn:aws:iam::000000000000:policy/stand-in",
    "aws_iam_role": "arn:aws:iam::000000000000:role/stand-in",
    "aws_instance": f"arn:aws:ec2:{PLACE}:instance/i-00000000000000000",
    "aws_kms_key": f"arn:aws:kms:{PLACE}:key/{UUID}",
    "aws_route53_zone": "arn:aws:route53:::hostedzone/Z00000000000000000000",
    "aws_s3_bucket": "arn:aws:s3:::stand-in",
    "aws_secretsmanager_secret": f"arn:aws:secretsmanager:{PLACE}:secret:stand-in-AbCdEf",
    "aws_sns_topic": f"arn:aws:sns:{PLACE}:stand-in",
    "aws_sqs_queue": f"arn:aws:sqs:{PLACE}:stand-in",
    "aws_subnet": f"arn:aws:ec2:{PLACE}:subnet/subnet-00000000000000000",
    "aws_vpc": f"arn:aws:ec2:{PLACE}:vpc/vpc-00000000000000000",
    "aws_wafv2_web_acl": f"arn:aws:wafv2:{PLACE}:regional/webacl/stand-in/{UUID}",
}

# A reference that Terraform resolves; `$${…}` is IAM's own variable, escaped.
REFERENCE = re.compile(r"(?<!\$)\$\{([^{}]*)\}")
ATTRIBUTE = re.compile(r"(?:data\.)?(aws_\w+)\.[\w-]+\.(.+)")
UPSTREAM = re.compile(
    r"data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)"
)


class NoStandInError(LookupError):
    """A reference of a kind that this file does not know."""


def without_references(text: str, *, stacks: Stacks) -> str:
    """`text` with a stand-in for each reference to a resource, in this stack or upstream."""
    return REFERENCE.sub(lambda found: stand_in(found[1], stacks=stacks), text)


def stand_in(reference: str, *, stacks: Stacks) -> str:
    """The stand-in for one reference, the inside of `${…}`. Raises: NoStandInError."""
    if upstream := UPSTREAM.fullmatch(reference):
        value = _output(stacks[upstream[1]], upstream[2])
        return without_references(value, stacks=stacks)
    attribute = ATTRIBUTE.fullmatch(reference)
    if attribute is None:
        raise NoStandInError(
            f"{reference} is no plain reference. Teach gates/stand_ins.py to read it."
        )
    kind, name = attribute.groups()
    if name.endswith("arn"):
        if kind not in ARNS:
            raise NoStandInError(
                f"The ARN of {kind} has no form here. Add it to ARNS in gates/stand_ins.py."
            )
        return ARNS[kind]
    return f"https://{kind}.example.com" if name.endswith(("issuer", "url")) else "stand-in"


def _output(stack: Mapping[str, Any], name: str) -> str:
    value = stack["output"][name]["value"]
    if not isinstance(value, str):
        raise NoStandInError(f"The output {name} is not text. Teach gates/stand_ins.py to read it.")
    return value
