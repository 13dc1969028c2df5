"""What a plan may do: see everything of its environment, and change nothing."""

from stacks.naming import name
from stacks.policy import Statement
from stacks.settings import Environment


def read(environment: Environment) -> list[Statement]:
    """What `terraform plan` asks for: settings of resources, never what is stored in them."""
    return [
        Statement(
            sid="See",
            actions=[
                "acm:Describe*",
                "acm:List*",
                "autoscaling:Describe*",
                "cloudwatch:Describe*",
                "cloudwatch:ListTagsForResource",
                "cognito-idp:DescribeUserPool*",
                "cognito-idp:GetGroup",
                "cognito-idp:GetUserPoolMfaConfig",
                "cognito-idp:ListTagsForResource",
                "ec2:Describe*",
                "ec2:GetSecurityGroupsForVpc",
                "eks:Describe*",
                "eks:List*",
                "elasticloadbalancing:Describe*",
                "iam:Get*",
                "iam:List*",
                "kms:Describe*",
                "kms:GetKeyPolicy",
                "kms:GetKeyRotationStatus",
                "kms:List*",
                "logs:Describe*",
                "logs:List*",
                "route53:Get*",
                "route53:List*",
                "s3:GetAccelerateConfiguration",
                "s3:GetBucket*",
                "s3:GetEncryptionConfiguration",
                "s3:GetLifecycleConfiguration",
                "s3:GetReplicationConfiguration",
                "s3:ListAllMyBuckets",
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetResourcePolicy",
                "secretsmanager:ListSecrets",
                "sns:GetSubscriptionAttributes",
                "sns:GetTopicAttributes",
                "sns:ListTagsForResource",
                "sqs:GetQueue*",
                "sqs:List*",
                "ssm:DescribeDocument*",
                "ssm:GetDocument",
                "ssm:ListTagsForResource",
                "wafv2:Get*",
                "wafv2:List*",
            ],
            resources=["*"],
            why="a plan reads every kind of resource; of what these return, only the user pool "
            "client's secret is one, and the state holds that as well",
        ),
        Statement(
            sid="FindBuckets",
            # What S3 asks of whoever wants to know that a bucket is there.
            actions=["s3:ListBucket"],
            resources=[f"arn:aws:s3:::{name(environment.name)}-*"],
        ),
    ]
