"""dev: cheap, quick to make and to throw away."""

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

DEV = Environment(
    name="dev",
    account=NONPROD,
    region="eu-central-1",
    domain=Domain(
        name="dev.tribe.example.com",
        zone="dev.tribe.example.com",
        zone_is="made",
    ),
    network=Network(
        cidr="10.10.0.0/16",
        availability_zones=("eu-central-1a", "eu-central-1b"),
        nat_gateways="one",
        # With one NAT gateway pods keep their credentials while it is replaced; the rest may wait.
        interface_endpoints=("eks-auth", "sts"),
        flow_log_retention_days=30,
    ),
    cluster=Cluster(
        access=(
            Access(role="tribe-platform", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="tribe-dev-apply", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="tribe-developers", groups=("tribe:developers",)),
        ),
        node_groups=NODE_GROUPS,
        deletion_protection=False,
        log_retention_days=30,
    ),
    deployer=Deployer(
        plan=(
            "repo:tribe-example/platform:pull_request",
            "repo:tribe-example/platform:ref:refs/heads/main",
        ),
        apply="repo:tribe-example/platform:environment:dev",
    ),
    gitops=GitOps(
        repository=REPOSITORY,
        sync="automatic",
        sso=SSO,
        notifications=Notifications(deployments=True),
    ),
    key_deletion_days=7,
    secret_recovery_days=0,
)
