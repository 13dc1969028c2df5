"""EKS as it is synthesized: the control plane, who reaches it, and what stands before what."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import only, resources, source, statements
from tests.synthesis import Stack

LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"]


@pytest.fixture
def stack(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The cluster stack of the environment."""
    return synthesized[f"{environment.name}-cluster"]


def test_the_cluster_bears_its_name_and_version(environment: Environment, stack: Stack) -> None:
    cluster = only(stack, "aws_eks_cluster")
    assert cluster["name"] == f"tribe-{environment.name}"
    assert cluster["version"] == environment.cluster.kubernetes_version


def test_only_access_entries_let_anyone_in(stack: Stack) -> None:
    assert only(stack, "aws_eks_cluster")["access_config"] == {
        "authentication_mode": "API",
        "bootstrap_cluster_creator_admin_permissions": False,
    }


def test_every_access_of_the_settings_is_an_entry(environment: Environment, stack: Stack) -> None:
    entries = {
        entry["principal_arn"].rpartition("role/")[2]: entry.get("kubernetes_groups", [])
        for entry in resources(stack, "aws_eks_access_entry").values()
    }
    assert entries == {access.role: list(access.groups) for access in environment.cluster.access}
    accounts = {
        entry["principal_arn"].split(":")[4]
        for entry in resources(stack, "aws_eks_access_entry").values()
    }
    assert accounts == {environment.account.id}


def test_access_policies_are_given_after_their_entries(
    environment: Environment, stack: Stack
) -> None:
    given = resources(stack, "aws_eks_access_policy_association")
    wanted = {access.role: access.policy for access in environment.cluster.access if access.policy}
    assert {
        association["principal_arn"].rpartition("role/")[2]: association["policy_arn"]
        for association in given.values()
    } == {
        role: f"arn:aws:eks::aws:cluster-access-policy/{policy}" for role, policy in wanted.items()
    }
    for name, association in given.items():
        entry = f"aws_eks_access_entry.{name.removesuffix('-policy')}"
        assert association["depends_on"] == [entry]
        assert association["access_scope"] == {"type": "cluster"}


def test_the_kubernetes_api_is_private(environment: Environment, stack: Stack) -> None:
    config = only(stack, "aws_eks_cluster")["vpc_config"]
    assert config["endpoint_private_access"] is True
    assert config["endpoint_public_access"] is False
    assert environment.cluster.public_access_cidrs == ()
    assert "public_access_cidrs" not in config


def test_the_control_plane_stands_in_the_intra_subnets(
    environment: Environment, stack: Stack, synthesized: dict[str, Stack]
) -> None:
    subnets = only(stack, "aws_eks_cluster")["vpc_config"]["subnet_ids"]
    assert [source(synthesized, subnet) for subnet in subnets] == [
        f"${{aws_subnet.intra-{zone}.id}}" for zone in environment.network.availability_zones
    ]


def test_all_five_logs_go_to_a_group_made_before(environment: Environment, stack: Stack) -> None:
    cluster, group = only(stack, "aws_eks_cluster"), only(stack, "aws_cloudwatch_log_group")
    assert cluster["enabled_cluster_log_types"] == LOGS
    assert group["name"] == f"/aws/eks/tribe-{environment.name}/cluster"
    assert group["retention_in_days"] == environment.cluster.log_retention_days
    assert "aws_cloudwatch_log_group.log-group" in cluster["depends_on"]


def test_the_cluster_stands_between_its_roles_permissions(stack: Stack) -> None:
    # EKS needs them to make its network interfaces, and again to delete them
    # (https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/eks_cluster.html.markdown).
    permissions = {
        "aws_iam_role_policy_attachment.role-AmazonEKSClusterPolicy",
        "aws_iam_role_policy.role-key",
    }
    assert permissions <= set(only(stack, "aws_eks_cluster")["depends_on"])


def test_secrets_are_encrypted_with_the_clusters_own_key(
    stack: Stack, synthesized: dict[str, Stack]
) -> None:
    encryption = only(stack, "aws_eks_cluster")["encryption_config"]
    assert encryption["resources"] == ["secrets"]
    assert source(synthesized, encryption["provider"]["key_arn"]) == "${aws_kms_key.cluster.arn}"
    use_key = statements(resources(stack, "aws_iam_role_policy")["role-key"]["policy"])[
        "SecretsKey"
    ]
    assert source(synthesized, use_key["Resource"]) == "${aws_kms_key.cluster.arn}"


def test_eks_installs_nothing_by_itself_and_is_not_paid_for_old_versions(stack: Stack) -> None:
    cluster = only(stack, "aws_eks_cluster")
    assert cluster["bootstrap_self_managed_addons"] is False
    assert cluster["upgrade_policy"] == {"support_type": "STANDARD"}
    assert cluster["zonal_shift_config"] == {"enabled": True}


def test_services_have_the_addresses_of_the_settings(
    environment: Environment, stack: Stack
) -> None:
    config = only(stack, "aws_eks_cluster")["kubernetes_network_config"]
    assert config["service_ipv4_cidr"] == environment.cluster.service_cidr


def test_prods_cluster_cannot_be_deleted_by_mistake(synthesized: dict[str, Stack]) -> None:
    cluster = only(synthesized["prod-cluster"], "aws_eks_cluster")
    assert cluster["deletion_protection"] is True
    assert cluster["lifecycle"] == {"prevent_destroy": True}


def test_nobody_from_outside_iam_is_trusted_unless_the_settings_say_so(
    environment: Environment, stack: Stack
) -> None:
    assert environment.cluster.external_identity is None
    assert resources(stack, "aws_eks_identity_provider_config") == {}
