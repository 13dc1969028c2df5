"""What the settings accept the stacks can make: a platform that is odd in every allowed way."""

from pathlib import Path

import pytest

from tests.stacks.odd_platform import ACCOUNT, ODD_DEV
from tests.stacks.terraform_json import only, resources, source, statements
from tests.synthesis import Stack, once, read


@pytest.fixture(scope="module")
def odd(shared_folder: Path) -> dict[str, Stack]:
    """The stacks of the odd platform: name → its cdk.tf.json, parsed."""
    return read(once("-m", "tests.stacks.odd_platform", into=shared_folder / "odd-synthesis"))


def test_states_stay_on_the_disk_where_no_bucket_is_named(odd: dict[str, Stack]) -> None:
    paths = {name: stack["terraform"]["backend"]["local"]["path"] for name, stack in odd.items()}
    assert {name: Path(path).name for name, path in paths.items()} == {
        name: f"terraform.{name}.tfstate" for name in odd
    }
    assert "aws_s3_bucket" not in odd["account-only"]["resource"]


def test_a_stack_reads_another_ones_local_state(odd: dict[str, Stack]) -> None:
    for state in odd["dev-cluster"]["data"]["terraform_remote_state"].values():
        assert state["backend"] == "local"


def test_deployers_need_no_right_to_a_state_that_is_not_there(odd: dict[str, Stack]) -> None:
    for policy in resources(odd["account-only"], "aws_iam_policy").values():
        assert not {"ReadState", "WriteState", "NoState"} & statements(policy["policy"]).keys()


def test_immutable_subjects_reach_the_trust_policy_as_they_are(odd: dict[str, Stack]) -> None:
    role = resources(odd["account-only"], "aws_iam_role")["dev-apply"]
    [trust] = statements(role["assume_role_policy"]).values()
    assert ODD_DEV.deployer.apply in trust["Condition"]["StringEquals"].values()


def test_one_account_may_hold_images_and_environments_together(odd: dict[str, Stack]) -> None:
    ground = odd["account-only"]
    assert resources(ground, "aws_ecr_repository")
    deployers = {"dev-plan", "dev-apply", "prod-plan", "prod-apply"}
    assert deployers <= resources(ground, "aws_iam_role").keys()


def test_a_zone_that_exists_is_looked_up(odd: dict[str, Stack]) -> None:
    edge = odd["dev-edge"]
    assert edge["data"]["aws_route53_zone"]["zone"]["name"] == "example.org"
    assert "aws_route53_zone" not in edge["resource"]
    assert only(edge, "aws_route53_record")["zone_id"] == "${data.aws_route53_zone.zone.zone_id}"


def test_the_firewalls_limit_is_the_settings_own(odd: dict[str, Stack]) -> None:
    limit = only(odd["dev-edge"], "aws_wafv2_web_acl")["rule"][0]["statement"][
        "rate_based_statement"
    ]
    assert limit["limit"] == 100


def test_six_zones_in_the_smallest_vpc_have_three_subnets_each(odd: dict[str, Stack]) -> None:
    network = odd["dev-network"]
    assert len(resources(network, "aws_subnet")) == 18
    assert len(resources(network, "aws_nat_gateway")) == 1


def test_without_interface_endpoints_there_is_no_group_for_them(odd: dict[str, Stack]) -> None:
    network = odd["dev-network"]
    assert [
        each["vpc_endpoint_type"] for each in resources(network, "aws_vpc_endpoint").values()
    ] == ["Gateway"]
    assert "aws_security_group" not in network["resource"]


def test_a_public_endpoint_is_open_to_the_named_addresses_alone(odd: dict[str, Stack]) -> None:
    config = only(odd["dev-cluster"], "aws_eks_cluster")["vpc_config"]
    assert config["endpoint_public_access"] is True
    assert config["endpoint_private_access"] is True
    assert config["public_access_cidrs"] == ["198.51.100.7/32", "203.0.113.0/24"]


def test_the_older_kubernetes_version_brings_its_own_addons(odd: dict[str, Stack]) -> None:
    cluster = odd["dev-cluster"]
    assert only(cluster, "aws_eks_cluster")["version"] == "1.35"
    assert resources(cluster, "aws_eks_addon")["kube-proxy"]["addon_version"].startswith("v1.35.")
    assert only(cluster, "aws_eks_node_group")["release_version"].startswith("1.35.")


def test_a_role_with_a_path_keeps_it_in_its_entry(odd: dict[str, Stack]) -> None:
    entry = resources(odd["dev-cluster"], "aws_eks_access_entry")["access-teams-platform-admins"]
    assert entry["principal_arn"] == f"arn:aws:iam::{ACCOUNT.id}:role/teams/platform/admins"


def test_an_entry_may_have_groups_and_a_policy(odd: dict[str, Stack]) -> None:
    cluster = odd["dev-cluster"]
    entry = resources(cluster, "aws_eks_access_entry")["access-auditors"]
    assert entry["kubernetes_groups"] == ["tribe:auditors"]
    policy = resources(cluster, "aws_eks_access_policy_association")["access-auditors-policy"]
    assert policy["policy_arn"].endswith("/AmazonEKSAdminViewPolicy")


def test_people_from_outside_iam_are_trusted_under_a_prefix(odd: dict[str, Stack]) -> None:
    oidc = only(odd["dev-cluster"], "aws_eks_identity_provider_config")["oidc"]
    assert oidc["issuer_url"] == "https://login.example.org"
    assert (oidc["username_prefix"], oidc["groups_prefix"]) == ("oidc:", "oidc:")


def test_a_group_without_taints_has_none(odd: dict[str, Stack]) -> None:
    assert not only(odd["dev-cluster"], "aws_eks_node_group").get("taint")


def test_every_reference_leads_somewhere_here_too(odd: dict[str, Stack]) -> None:
    for name, output in odd["dev-outputs"]["output"].items():
        assert source(odd, output["value"]), name
