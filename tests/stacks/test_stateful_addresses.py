"""Addresses of what cannot be made again, pinned: a rename in Python would destroy it.

A red test here means that Terraform would delete the old and create the new. Where that is
wanted, change the table; where only the name shall change, write a `moved` block first.
"""

import pytest

from stacks.environments import PLATFORM
from stacks.settings import Account, Environment
from tests.synthesis import Stack

# What holds data, or what others outside of Terraform know: names, addresses, people.
KINDS = {
    *("aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_cognito_user_pool_domain"),
    *("aws_ecr_repository", "aws_eip", "aws_eks_cluster", "aws_eks_node_group"),
    *("aws_kms_key", "aws_route53_zone", "aws_s3_bucket", "aws_secretsmanager_secret"),
    *("aws_sqs_queue", "aws_subnet", "aws_vpc"),
}

# In every environment.
ENVIRONMENT = {
    "encryption": """
        aws_kms_key.buckets
        aws_kms_key.cluster
        aws_kms_key.logs
        aws_kms_key.secrets
        aws_kms_key.volumes
    """,
    "storage": """
        aws_s3_bucket.access-logs
        aws_s3_bucket.loki-chunks
        aws_s3_bucket.loki-ruler
        aws_secretsmanager_secret.secret-argocd-notifications
        aws_secretsmanager_secret.secret-argocd-repository
        aws_secretsmanager_secret.secret-monitoring-alertmanager
        aws_secretsmanager_secret.secret-monitoring-grafana
    """,
    "edge": """
        aws_cognito_user_pool.user-pool
        aws_cognito_user_pool_client.user-pool-client
        aws_cognito_user_pool_domain.user-pool-domain
        aws_route53_zone.zone
    """,
    "cluster": """
        aws_eks_cluster.cluster
        aws_eks_node_group.application
        aws_eks_node_group.data-processing
        aws_eks_node_group.system
    """,
    "services": """
        aws_secretsmanager_secret.secret-ai-services-recommendations
        aws_secretsmanager_secret.secret-api-services-api-gateway
        aws_secretsmanager_secret.secret-api-services-notifications
        aws_secretsmanager_secret.secret-frontend-services-web-frontend
        aws_sqs_queue.notifications-dead-letters
        aws_sqs_queue.notifications-queue
    """,
}

# In the environments where people hear of each use of the break-glass role.
ACCESS = {
    "dev": "",
    "staging": "",
    "prod": """
        aws_kms_key.alarms
    """,
}

# One line for each zone; addresses of NAT gateways where the environment has one in that zone.
NETWORK = {
    "dev": """
        eu-central-1a  private public intra  nat
        eu-central-1b  private public intra
    """,
    "staging": """
        eu-central-1a  private public intra  nat
        eu-central-1b  private public intra
        eu-central-1c  private public intra
    """,
    "prod": """
        eu-central-1a  private public intra  nat
        eu-central-1b  private public intra  nat
        eu-central-1c  private public intra  nat
    """,
}

ACCOUNT = {
    "shared": """
        aws_kms_key.images
        aws_kms_key.state-key
        aws_s3_bucket.state
        aws_ecr_repository.image-api-gateway
        aws_ecr_repository.image-notifications
        aws_ecr_repository.image-recommendations
        aws_ecr_repository.image-web-frontend
    """,
    "nonprod": """
        aws_kms_key.state-key
        aws_s3_bucket.state
    """,
    "prod": """
        aws_kms_key.state-key
        aws_s3_bucket.state
    """,
}


def stateful(stack: Stack) -> set[str]:
    """Addresses of the stack's stateful resources."""
    return {
        f"{kind}.{name}"
        for kind, named in stack.get("resource", {}).items()
        if kind in KINDS
        for name in named
    }


def network(table: str) -> set[str]:
    """The addresses that a table of zones stands for."""
    found = {"aws_vpc.vpc"}
    for zone, *kinds in map(str.split, table.strip().splitlines()):
        found |= {f"aws_subnet.{kind}-{zone}" for kind in kinds if kind != "nat"}
        found |= {f"aws_eip.nat-{zone}-address" for kind in kinds if kind == "nat"}
    return found


@pytest.mark.parametrize("noun", ENVIRONMENT)
def test_an_environments_addresses_stay(
    environment: Environment, noun: str, synthesized: dict[str, Stack]
) -> None:
    assert stateful(synthesized[f"{environment.name}-{noun}"]) == set(ENVIRONMENT[noun].split())


def test_the_addresses_of_the_way_in_stay(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    assert stateful(synthesized[f"{environment.name}-access"]) == set(
        ACCESS[environment.name].split()
    )


def test_a_networks_addresses_stay(environment: Environment, synthesized: dict[str, Stack]) -> None:
    found = stateful(synthesized[f"{environment.name}-network"])
    assert found == network(NETWORK[environment.name])


@pytest.mark.parametrize("account", PLATFORM.accounts, ids=lambda account: account.name)
def test_an_accounts_addresses_stay(account: Account, synthesized: dict[str, Stack]) -> None:
    assert stateful(synthesized[f"account-{account.name}"]) == set(ACCOUNT[account.name].split())


def test_no_other_stack_holds_anything_stateful(synthesized: dict[str, Stack]) -> None:
    pinned = {f"account-{account.name}" for account in PLATFORM.accounts}
    for environment in PLATFORM.environments:
        pinned |= {f"{environment.name}-{noun}" for noun in (*ENVIRONMENT, "network", "access")}
    assert pinned <= set(synthesized)
    others = {name: stateful(stack) for name, stack in synthesized.items() if name not in pinned}
    assert {name: found for name, found in others.items() if found} == {}


def test_everything_stateful_in_prod_that_terraform_can_keep_is_kept(
    synthesized: dict[str, Stack],
) -> None:
    kept = {
        *("aws_cognito_user_pool", "aws_ecr_repository", "aws_eks_cluster", "aws_kms_key"),
        *("aws_route53_zone", "aws_s3_bucket", "aws_vpc"),
    }
    seen = set()
    for name, stack in synthesized.items():
        if name.startswith(("prod-", "account-")):
            for kind in kept & stack.get("resource", {}).keys():
                for address, arguments in stack["resource"][kind].items():
                    assert arguments["lifecycle"].get("prevent_destroy") is True, (
                        f"{name} {kind}.{address}"
                    )
                    seen.add(kind)
    assert seen == kept


def test_dev_and_staging_can_be_taken_down(synthesized: dict[str, Stack]) -> None:
    for name, stack in synthesized.items():
        if name.startswith(("dev-", "staging-")):
            for kind, named in stack.get("resource", {}).items():
                for address, arguments in named.items():
                    kept = arguments.get("lifecycle", {}).get("prevent_destroy")
                    assert not kept, f"{name} {kind}.{address}"
