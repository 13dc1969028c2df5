"""The real main.py over another platform: valid, and odd in every way that the settings allow.

Run as a module, with CDKTF_OUTDIR as the output folder.
"""

import runpy
from dataclasses import replace

import stacks.environments
from stacks.environments import PLATFORM
from stacks.environments.dev import DEV
from stacks.environments.nodes import SYSTEM
from stacks.environments.prod import PROD
from stacks.settings import (
    Access,
    Account,
    Deployer,
    Domain,
    ExternalIdentity,
    GitOps,
    Network,
    Platform,
)
from tests.synthesis import ROOT

# One account for everything, prod too, whose states are on the local disk.
ACCOUNT = Account(
    name="only",
    id="000000000012",
    region="us-east-1",
    state_bucket=None,
    holds_images=True,
    service_linked_roles=("autoscaling.amazonaws.com",),
)

ODD_DEV = replace(
    DEV,
    account=ACCOUNT,
    region="us-east-1",
    domain=Domain(
        name="dev.example.org",
        zone="example.org",
        zone_is="looked-up",
        requests_per_five_minutes=100,
    ),
    network=Network(
        cidr="192.168.8.0/21",
        availability_zones=tuple(f"us-east-1{letter}" for letter in "abcdef"),
        nat_gateways="one",
        interface_endpoints=(),
    ),
    cluster=replace(
        DEV.cluster,
        kubernetes_version="1.35",
        access=(
            Access(role="teams/platform/admins", policy="AmazonEKSClusterAdminPolicy"),
            Access(role="auditors", groups=("tribe:auditors",), policy="AmazonEKSAdminViewPolicy"),
        ),
        public_access_cidrs=("198.51.100.7/32", "203.0.113.0/24"),
        service_cidr="10.100.0.0/16",
        node_groups=(replace(SYSTEM, taints=()),),
        external_identity=ExternalIdentity(
            issuer_url="https://login.example.org", client_id="tribe"
        ),
    ),
    gitops=GitOps(repository=replace(DEV.gitops.repository, private=False), sync="automatic"),
    deployer=Deployer(
        plan=("repo:tribe-example@123456/platform@7890123:pull_request",),
        apply="repo:tribe-example@123456/platform@7890123:environment:dev",
    ),
)

ODD_PROD = replace(PROD, account=ACCOUNT, shares_account_with=("dev",))

ODD = Platform(accounts=(ACCOUNT,), environments=(ODD_DEV, ODD_PROD))

if __name__ == "__main__":
    assert PLATFORM is not ODD
    stacks.environments.PLATFORM = ODD
    runpy.run_path(str(ROOT / "main.py"), run_name="__main__")
