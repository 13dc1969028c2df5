"""The tunnel to the Kubernetes API: what its machine may, and what lets a person or pipeline in."""

from stacks.policy import Statement
from stacks.settings import Environment
from stacks.way_in import tunnel_name

# What Session Manager's agent calls, and not one action more
# (https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html).
AGENT = (
    Statement(
        sid="SessionManagerAgent",
        actions=["ssm:UpdateInstanceInformation"],
        resources=["arn:aws:ec2:*:*:instance/*"],
    ),
    Statement(
        sid="SessionManagerChannels",
        actions=[
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ],
        resources=["*"],
        why="AWS has no resource for these actions",
    ),
)


def through_tunnel(environment: Environment) -> list[Statement]:
    """What opens a tunnel: to this environment's machine, by its own document, and no shell.

    https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html
    """
    region, account_id = environment.region, environment.account.id
    # A session's id begins with whoever opened it.
    own_sessions = [f"arn:aws:ssm:{region}:{account_id}:session/${{aws:userid}}-*"]
    document_only = {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}}
    return [
        Statement(
            sid="TunnelMachine",
            actions=["ssm:StartSession"],
            resources=[f"arn:aws:ec2:{region}:{account_id}:instance/*"],
            conditions={
                "StringEquals": {"ssm:resourceTag/Name": tunnel_name(environment.name)},
                **document_only,
            },
        ),
        Statement(
            sid="TunnelDocument",
            actions=["ssm:StartSession"],
            resources=[
                f"arn:aws:ssm:{region}:{account_id}:document/{tunnel_name(environment.name)}"
            ],
            conditions=document_only,
        ),
        Statement(
            sid="OwnSessions",
            actions=["ssm:ResumeSession", "ssm:TerminateSession", "ssmmessages:OpenDataChannel"],
            resources=own_sessions,
        ),
    ]
