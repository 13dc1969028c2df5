"""Nodes are EKS's own image as AWS makes it: nothing of ours reaches the kubelet's settings."""

from stacks.settings import Environment
from tests.stacks.terraform_json import resources
from tests.synthesis import Stack

# What would lay a setting over the image's, or another image in its place.
OVER_THE_IMAGE = {"user_data", "image_id", "instance_type", "iam_instance_profile", "key_name"}


def test_nothing_of_ours_changes_the_kubelet_or_the_image(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    cluster = synthesized[f"{environment.name}-cluster"]
    templates = resources(cluster, "aws_launch_template")
    assert len(templates) == len(resources(cluster, "aws_eks_node_group"))
    for name, template in templates.items():
        assert OVER_THE_IMAGE & template.keys() == set(), name


def test_no_node_has_a_public_address(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    for template in resources(
        synthesized[f"{environment.name}-cluster"], "aws_launch_template"
    ).values():
        assert "network_interfaces" not in template
    subnets = resources(synthesized[f"{environment.name}-network"], "aws_subnet")
    private = {name: each for name, each in subnets.items() if name.startswith("private-")}
    assert private
    for name, subnet in private.items():
        assert not subnet.get("map_public_ip_on_launch"), name
