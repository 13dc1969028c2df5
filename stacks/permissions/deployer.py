"""What a deployer may do: make, change and delete what bears its environment's name or tag."""

from stacks.naming import ACCOUNT_SCOPE, CLUSTER_TAG, ORGANISATION, SCOPE_TAG, name
from stacks.permissions.keys import change_keys
from stacks.permissions.networks import change_networks
from stacks.permissions.ownership import NAMES_UNKNOWN, asked, here
from stacks.policy import Statement
from stacks.settings import Environment


def change(environment: Environment) -> list[Statement]:
    """What `terraform apply` does, inside the environment's names where AWS lets them be named."""
    region, account_id = environment.region, environment.account.id
    own = name(environment.name)
    in_region = {"StringEquals": here(environment)}
    prefix = f"{region}:{account_id}"
    return [
        *change_networks(environment),
        *change_keys(environment),
        Statement(
            sid="FindLeftLoadBalancers",
            actions=["tag:GetResources"],
            resources=["*"],
            why="AWS has no resource for it: it lists",
        ),
        Statement(
            sid="LeftLoadBalancers",
            actions=["elasticloadbalancing:DeleteLoadBalancer"],
            resources=[f"arn:aws:elasticloadbalancing:{prefix}:loadbalancer/*"],
            conditions={
                "StringEquals": {f"aws:ResourceTag/{CLUSTER_TAG}": environment.cluster_name}
            },
        ),
        Statement(
            sid="NewCluster",
            actions=["eks:CreateCluster"],
            resources=["*"],
            conditions={"StringEquals": {**here(environment), **asked(environment)}},
            why="AWS has no resource for it: a cluster has no ARN before it is made",
        ),
        Statement(
            sid="Cluster",
            actions=["eks:*"],
            resources=[
                f"arn:aws:eks:{prefix}:{kind}/{own}{rest}"
                for kind, rest in (
                    ("cluster", ""),
                    ("nodegroup", "/*"),
                    ("addon", "/*"),
                    ("access-entry", "/*"),
                    ("podidentityassociation", "/*"),
                    ("identityproviderconfig", "/*"),
                )
            ],
            why="Terraform makes, changes and deletes every kind of thing in this one cluster",
        ),
        Statement(
            sid="Named",
            actions=["logs:*", "s3:*", "sqs:*"],
            resources=[
                f"arn:aws:logs:{prefix}:log-group:/aws/eks/{own}/*",
                f"arn:aws:logs:{prefix}:log-group:/aws/vpc/{own}*",
                f"arn:aws:logs:{prefix}:log-group:aws-waf-logs-{own}*",
                f"arn:aws:s3:::{own}-*",
                f"arn:aws:sqs:{prefix}:{own}-*",
            ],
            why="Terraform makes and deletes these, and all bear the environment's name",
        ),
        # Not to read them: Terraform knows no secret's value.
        Statement(
            sid="Secrets",
            actions=[
                "secretsmanager:CreateSecret",
                "secretsmanager:DeleteSecret",
                "secretsmanager:RestoreSecret",
                "secretsmanager:TagResource",
                "secretsmanager:UntagResource",
                "secretsmanager:UpdateSecret",
            ],
            resources=[
                f"arn:aws:secretsmanager:{prefix}:secret:{ORGANISATION}/{environment.name}/*"
            ],
        ),
        Statement(
            sid="Edge",
            actions=["acm:*", "cognito-idp:*", "wafv2:*"],
            resources=["*"],
            conditions=in_region,
            why=NAMES_UNKNOWN,
        ),
        Statement(
            sid="FirewallLogs",
            actions=["logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:PutResourcePolicy"],
            resources=["*"],
            conditions=in_region,
            why="AWS has no resource for log deliveries",
        ),
        Statement(
            sid="NewZone",
            actions=["route53:CreateHostedZone"],
            resources=["*"],
            why="AWS has no resource for it: a zone has no ARN before it is made",
        ),
        Statement(
            sid="Zone",
            actions=["route53:*"],
            resources=["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
            why="a zone has no name before it is made, only an id",
        ),
        # Environments may share an account, and the statements above say where, not whose.
        Statement(
            sid="NotOthers",
            effect="Deny",
            actions=["*"],
            resources=["*"],
            conditions={
                "StringNotEquals": {
                    f"aws:ResourceTag/{SCOPE_TAG}": [environment.name, ACCOUNT_SCOPE]
                },
                "Null": {f"aws:ResourceTag/{SCOPE_TAG}": "false"},
            },
        ),
    ]
