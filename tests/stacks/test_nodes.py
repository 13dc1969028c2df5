"""Node groups as they are synthesized: machines, sizes, disks, and how they change."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, resources, source, statements
from tests.synthesis import Stack

# C2 of the design: what runs where, and how many machines it may take.
GROUPS = {
    "system": {
        "instance_types": ["t3.medium"],
        "sizes": (2, 4),
        "taint": [{"key": "CriticalAddonsOnly", "value": "true", "effect": "NO_SCHEDULE"}],
    },
    "application": {"instance_types": ["t3.large"], "sizes": (2, 10), "taint": []},
    "data-processing": {
        "instance_types": ["t3.xlarge"],
        "sizes": (1, 6),
        "taint": [{"key": "tribe/workload", "value": "data-processing", "effect": "NO_SCHEDULE"}],
    },
}


@pytest.fixture
def stack(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The cluster stack of the environment."""
    return synthesized[f"{environment.name}-cluster"]


@pytest.fixture(params=GROUPS)
def name(request: pytest.FixtureRequest) -> str:
    """Each node group in turn."""
    return request.param


@pytest.fixture
def group(stack: Stack, name: str) -> Arguments:
    """The node group of that name."""
    return resources(stack, "aws_eks_node_group")[name]


@pytest.fixture
def template(stack: Stack, name: str) -> Arguments:
    """The launch template of the node group."""
    return resources(stack, "aws_launch_template")[f"{name}-template"]


def test_there_are_three_groups(stack: Stack) -> None:
    assert set(resources(stack, "aws_eks_node_group")) == set(GROUPS)
    assert set(resources(stack, "aws_launch_template")) == {f"{name}-template" for name in GROUPS}


def test_a_group_has_the_machines_sizes_and_taints_of_the_design(
    group: Arguments, name: str
) -> None:
    wanted = GROUPS[name]
    scaling = group["scaling_config"]
    assert group["instance_types"] == wanted["instance_types"]
    assert (scaling["min_size"], scaling["max_size"]) == wanted["sizes"]
    assert scaling["min_size"] <= scaling["desired_size"] <= scaling["max_size"]
    assert group["taint"] == wanted["taint"]


def test_a_group_is_labelled_with_its_name(group: Arguments, name: str) -> None:
    assert group["labels"] == {"tribe/workload": name}


def test_nodes_stand_in_every_private_subnet(
    environment: Environment, group: Arguments, synthesized: dict[str, Stack]
) -> None:
    assert [source(synthesized, subnet) for subnet in group["subnet_ids"]] == [
        f"${{aws_subnet.private-{zone}.id}}" for zone in environment.network.availability_zones
    ]


def test_a_group_that_is_replaced_stands_beside_its_successor(group: Arguments, name: str) -> None:
    assert group["node_group_name_prefix"] == f"{name}-"
    assert "node_group_name" not in group
    assert group["lifecycle"]["create_before_destroy"] is True


def test_the_autoscaler_owns_the_desired_size(group: Arguments) -> None:
    assert group["lifecycle"]["ignore_changes"] == ["scaling_config[0].desired_size"]


def test_nodes_are_repaired_and_replaced_a_third_at_a_time(group: Arguments) -> None:
    assert group["node_repair_config"] == {"enabled": True}
    assert group["update_config"] == {"max_unavailable_percentage": 33}


def test_nodes_run_a_pinned_image_of_the_clusters_version(
    environment: Environment, group: Arguments
) -> None:
    assert group["ami_type"] == "AL2023_x86_64_STANDARD"
    assert group["version"] == environment.cluster.kubernetes_version
    assert group["release_version"] == environment.cluster.version.node_image_release


def test_a_group_follows_its_own_template(group: Arguments, name: str) -> None:
    assert group["launch_template"] == {
        "id": f"${{aws_launch_template.{name}-template.id}}",
        "version": f"${{aws_launch_template.{name}-template.latest_version}}",
    }


def test_pods_cannot_reach_the_nodes_credentials(template: Arguments) -> None:
    options = template["metadata_options"]
    assert options["http_tokens"] == "required"
    assert options["http_put_response_hop_limit"] == 1


def test_disks_are_gp3_and_encrypted_with_the_volumes_key(
    environment: Environment, template: Arguments, name: str, synthesized: dict[str, Stack]
) -> None:
    [mapping] = template["block_device_mappings"]
    disk = mapping["ebs"]
    sizes = {group.name: group.disk_gib for group in environment.cluster.node_groups}
    assert mapping["device_name"] == "/dev/xvda"  # AL2023's root
    assert (disk["volume_type"], disk["volume_size"]) == ("gp3", sizes[name])
    assert disk["encrypted"] == "true"
    assert source(synthesized, disk["kms_key_id"]) == "${aws_kms_key.volumes.arn}"


def test_what_the_template_starts_bears_the_houses_tags(
    environment: Environment, template: Arguments
) -> None:
    tags = {each["resource_type"]: each["tags"] for each in template["tag_specifications"]}
    assert set(tags) == {"instance", "volume", "network-interface"}
    for own in tags.values():
        assert own["tribe:scope"] == environment.name
        assert own["tribe:managed-by"] == "cdktf"


def test_the_autoscaler_finds_every_group(
    environment: Environment, stack: Stack, name: str
) -> None:
    found = {
        tag["tag"]["key"]: tag["tag"]["value"]
        for tag in resources(stack, "aws_autoscaling_group_tag").values()
        if f"aws_eks_node_group.{name}." in tag["autoscaling_group_name"]
    }
    assert found == {
        "k8s.io/cluster-autoscaler/enabled": "true",
        f"k8s.io/cluster-autoscaler/tribe-{environment.name}": "owned",
    }


def test_nodes_may_join_pull_and_be_reached_and_no_more(stack: Stack) -> None:
    attached = {
        attachment["policy_arn"]
        for attachment in resources(stack, "aws_iam_role_policy_attachment").values()
        if attachment["role"].startswith("${aws_iam_role.node-role.")
    }
    assert attached == {
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
        "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    }
    trust = statements(resources(stack, "aws_iam_role")["node-role"]["assume_role_policy"])["Trust"]
    assert trust["Principal"] == {"Service": "ec2.amazonaws.com"}


def test_nodes_stand_between_their_roles_permissions(group: Arguments) -> None:
    # A node without them does not join, and one that lost them is not deleted cleanly
    # (https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/eks_node_group.html.markdown).
    permissions = {
        f"aws_iam_role_policy_attachment.node-{policy}"
        for policy in (
            "AmazonEKSWorkerNodePolicy",
            "AmazonEC2ContainerRegistryPullOnly",
            "AmazonSSMManagedInstanceCore",
        )
    }
    assert permissions <= set(group["depends_on"])
