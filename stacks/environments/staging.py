"""staging: prod's shape, at dev's price where that changes nothing that is tested here."""

from stacks.settings import (
    Access,
    Cluster,
    Deployer,
    Domain,
    Environment,
    GitOps,
    Network,
    Notifications,
)

from .accounts import NONPROD
from .gitops import REPOSITORY, SSO
from .nodes import NODE_GROUPS

STAGING = Environment(
    name="staging",
    account=NONPROD,
    region="eu-central-1",
    domain=Domain(
        name="staging.tribe.example.com",
        zone="staging.tribe.example.com",
        zone_is="made",
    ),
    network=Network(
        cidr="10.20.0.0/16",
        availability_zones=("eu-central-1a", "eu-central-1b", "eu-central-1c"),
        nat_gateways="one",
        flow_log_retention_days=90,
    ),
    cluster=Cluster(
        access=(
            Access(role="tribe-platform", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="tribe-staging-apply", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="tribe-developers", groups=("tribe:developers",)),
        ),
        node_groups=NODE_GROUPS,
        deletion_protection=False,
        log_retention_days=90,
    ),
    deployer=Deployer(
        plan=(
            "repo:tribe-example/platform:pull_request",
            "repo:tribe-example/platform:ref:refs/heads/main",
        ),
        apply="repo:tribe-example/platform:environment:staging",
    ),
    gitops=GitOps(
        repository=REPOSITORY,
        sync="automatic",
        sso=SSO,
        notifications=Notifications(deployments=True),
    ),
    key_deletion_days=14,
    secret_recovery_days=7,
)
