"""prod: three zones, a way out in each, nothing public, nothing that one mistake can delete."""

from stacks.settings import (
    Access,
    BreakGlass,
    Cluster,
    Deployer,
    Domain,
    Environment,
    GitOps,
    Network,
    Notifications,
)

from .accounts import PROD as PROD_ACCOUNT
from .gitops import REPOSITORY, SSO
from .nodes import NODE_GROUPS

PROD = Environment(
    name="prod",
    production=True,
    account=PROD_ACCOUNT,
    region="eu-central-1",
    domain=Domain(
        name="tribe.example.com",
        zone="tribe.example.com",
        zone_is="made",
    ),
    network=Network(
        cidr="10.30.0.0/16",
        availability_zones=("eu-central-1a", "eu-central-1b", "eu-central-1c"),
        nat_gateways="one-per-zone",
    ),
    cluster=Cluster(
        access=(
            Access(role="tribe-break-glass", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="tribe-prod-apply", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="tribe-platform", groups=("tribe:platform",)),
            Access(role="tribe-developers", groups=("tribe:viewers",)),
        ),
        node_groups=NODE_GROUPS,
        deletion_protection=True,
    ),
    deployer=Deployer(
        plan=(
            "repo:tribe-example/platform:pull_request",
            "repo:tribe-example/platform:ref:refs/heads/main",
        ),
        apply="repo:tribe-example/platform:environment:prod",
    ),
    gitops=GitOps(
        repository=REPOSITORY,
        sync="manual",
        sso=SSO,
        host="argocd",
        notifications=Notifications(slack_channel="tribe-prod", deployments=True),
        break_glass=BreakGlass(role="tribe-break-glass", tell=("on-call@tribe.example.com",)),
    ),
    key_deletion_days=30,
    secret_recovery_days=30,
)
