"""What a deployer may do for the ways in: the tunnel's machine, the break-glass alarm."""

from stacks.naming import name
from stacks.permissions.ownership import here
from stacks.policy import Statement
from stacks.settings import Environment


def change_access(environment: Environment) -> list[Statement]:
    """Make, change and delete them; each bears the environment's name."""
    account_id, own = environment.account.id, name(environment.name)
    prefix = f"{environment.region}:{account_id}"
    return [
        Statement(
            sid="OwnMachines",
            actions=[
                "autoscaling:CreateAutoScalingGroup",
                "autoscaling:DeleteAutoScalingGroup",
                "autoscaling:StartInstanceRefresh",
                "autoscaling:UpdateAutoScalingGroup",
            ],
            resources=[
                f"arn:aws:autoscaling:{prefix}:autoScalingGroup:*:autoScalingGroupName/{own}-*"
            ],
        ),
        Statement(
            sid="OwnInstanceProfiles",
            actions=[
                "iam:AddRoleToInstanceProfile",
                "iam:CreateInstanceProfile",
                "iam:DeleteInstanceProfile",
                "iam:RemoveRoleFromInstanceProfile",
                "iam:TagInstanceProfile",
                "iam:UntagInstanceProfile",
            ],
            resources=[f"arn:aws:iam::{account_id}:instance-profile/{own}-*"],
        ),
        Statement(
            sid="OwnSessionDocuments",
            actions=[
                "ssm:AddTagsToResource",
                "ssm:CreateDocument",
                "ssm:DeleteDocument",
                "ssm:RemoveTagsFromResource",
                "ssm:UpdateDocument",
                "ssm:UpdateDocumentDefaultVersion",
            ],
            resources=[f"arn:aws:ssm:{prefix}:document/{own}-*"],
        ),
        Statement(
            sid="OwnAlarms",
            actions=[
                "cloudwatch:DeleteAlarms",
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:TagResource",
                "cloudwatch:UntagResource",
                "sns:CreateTopic",
                "sns:DeleteTopic",
                "sns:SetTopicAttributes",
                "sns:Subscribe",
                "sns:TagResource",
                "sns:UntagResource",
            ],
            resources=[
                f"arn:aws:cloudwatch:{prefix}:alarm:{own}-*",
                f"arn:aws:sns:{prefix}:{own}-*",
            ],
        ),
        Statement(
            sid="Unsubscribe",
            actions=["sns:Unsubscribe"],
            resources=["*"],
            conditions={"StringEquals": here(environment)},
            why="AWS has no resource for it",
        ),
    ]
