"""What a deployer may do with EC2: networks, launch templates and tags, and with no machine."""

from stacks.permissions.ownership import NAMES_UNKNOWN, asked, here, tagged
from stacks.policy import Statement
from stacks.settings import Environment

# No machines among them: who changes a machine's start script has its role.
NETWORKING = (
    "*Address*",
    "*FlowLogs",
    "*InternetGateway*",
    "*NatGateway*",
    "*NetworkAcl*",
    "*NetworkInterface*",
    "*Route*",
    "*SecurityGroup*",
    "*Subnet*",
    "*Vpc*",
    "RunInstances",  # a node group's template is tried as whoever makes the group
)


def change_networks(environment: Environment) -> list[Statement]:
    """A tag decides whose a launch template is, and a template starts machines with a role.

    So nobody tags what is there already and not his own, but for a VPC's default security group.
    """
    place = f"{environment.region}:{environment.account.id}"
    everything, templates = f"arn:aws:ec2:{place}:*/*", f"arn:aws:ec2:{place}:launch-template/*"
    return [
        Statement(
            sid="Network",
            actions=["autoscaling:*Tags", *(f"ec2:{each}" for each in NETWORKING)],
            resources=["*"],
            conditions={"StringEquals": here(environment)},
            why=NAMES_UNKNOWN,
        ),
        Statement(
            sid="NewTemplates",
            actions=["ec2:CreateLaunchTemplate"],
            resources=[templates],
            conditions={"StringEquals": asked(environment)},
        ),
        Statement(
            sid="OwnTemplates",
            actions=[
                "ec2:CreateLaunchTemplateVersion",
                "ec2:DeleteLaunchTemplate",
                "ec2:DeleteLaunchTemplateVersions",
                "ec2:ModifyLaunchTemplate",
            ],
            resources=[templates],
            conditions={"StringEquals": tagged(environment)},
        ),
        Statement(
            sid="TagNew",
            actions=["ec2:CreateTags"],
            resources=[everything],
            conditions={"Null": {"ec2:CreateAction": "false"}},
        ),
        Statement(
            sid="TagOwn",
            actions=["ec2:CreateTags", "ec2:DeleteTags"],
            resources=[everything],
            conditions={"StringEquals": tagged(environment)},
        ),
        Statement(
            sid="TagDefaultSecurityGroup",
            actions=["ec2:CreateTags"],
            resources=[f"arn:aws:ec2:{place}:security-group/*"],
            conditions={"StringEquals": asked(environment)},
        ),
    ]
