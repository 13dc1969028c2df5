"""Changes that nobody need look at twice: nothing is found in them."""

import json

import pytest

from review.stacks.review import review
from tests.review.stacks.planted.firewall import firewall, managed, rate
from tests.review.stacks.planted.iam import INLINE, tagged
from tests.review.stacks.planted.network import CLOSED
from tests.review.stacks.tiny import (
    BUCKET,
    CLUSTER,
    ROLE,
    Resources,
    allow,
    changes,
    deny,
    found,
    ingress,
    policy,
    stack,
    stacks,
    trust,
)

READ = allow("sqs:ReceiveMessage", "sqs:DeleteMessage", Sid="Read")
SEND = allow("sqs:SendMessage", Sid="Send")
ROLE_ADDRESS = "aws_iam_role.app"

HARMLESS: dict[str, tuple[Resources, Resources]] = {
    "other tags": (
        {"aws_vpc.vpc": {"tags": {"Name": "a"}}},
        {"aws_vpc.vpc": {"tags": {"Name": "b", "team": "c"}}},
    ),
    "another description": (
        {"aws_kms_key.logs": {"description": "Logs"}},
        {"aws_kms_key.logs": {"description": "All logs"}},
    ),
    "a statement goes": (
        {INLINE: {"policy": policy(READ, SEND)}},
        {INLINE: {"policy": policy(READ)}},
    ),
    "a policy's wildcard becomes what is needed": (
        {INLINE: {"policy": policy(allow("sqs:*", resource="*"))}},
        {INLINE: {"policy": policy(allow("sqs:ReceiveMessage"))}},
    ),
    "a condition comes, and takes fewer values": (
        {INLINE: {"policy": policy(allow("kms:Decrypt", Condition=tagged("a", "b")))}},
        {
            INLINE: {
                "policy": policy(
                    allow("kms:Decrypt", Condition={**tagged("a"), "Bool": {"aws:secure": "true"}})
                )
            }
        },
    ),
    "a denial comes": (
        {INLINE: {"policy": policy(READ)}},
        {INLINE: {"policy": policy(READ, deny("sqs:*"))}},
    ),
    "one statement is written as two": (
        {INLINE: {"policy": policy(READ)}},
        {INLINE: {"policy": policy(allow("sqs:ReceiveMessage"), allow("sqs:DeleteMessage"))}},
    ),
    "a role trusts one service less": (
        {ROLE_ADDRESS: {"assume_role_policy": trust({"Service": ["a.aws", "b.aws"]})}},
        {ROLE_ADDRESS: {"assume_role_policy": trust({"Service": "a.aws"})}},
    ),
    "a new role comes with its policy": (
        ROLE,
        {
            **ROLE,
            "aws_iam_role.new": {"assume_role_policy": trust({"Service": "pods.aws"})},
            "aws_iam_role_policy.new": {
                "role": "${aws_iam_role.new.name}",
                "policy": policy(READ),
            },
        },
    ),
    "a security group lets a smaller block in": (
        {"aws_vpc_security_group_ingress_rule.tls": ingress(cidr_ipv4="10.0.0.0/8")},
        {"aws_vpc_security_group_ingress_rule.tls": ingress(cidr_ipv4="10.0.0.0/16")},
    ),
    "a rule is split, and opens what was open": (
        {"aws_vpc_security_group_ingress_rule.all": ingress(cidr_ipv4="10.0.0.0/16")},
        {
            "aws_vpc_security_group_ingress_rule.a": ingress(cidr_ipv4="10.0.0.0/17"),
            "aws_vpc_security_group_ingress_rule.b": ingress(cidr_ipv4="10.0.128.0/17"),
        },
    ),
    "a public endpoint becomes private": (
        {"aws_eks_cluster.cluster": {"vpc_config": {"endpoint_public_access": True}}},
        {"aws_eks_cluster.cluster": {"vpc_config": {"endpoint_public_access": False}}},
    ),
    "logs are kept for longer": (
        {"aws_cloudwatch_log_group.flow": {"retention_in_days": 30}},
        {"aws_cloudwatch_log_group.flow": {"retention_in_days": 0}},
    ),
    "protections come": (
        {"aws_eks_cluster.cluster": {"enabled_cluster_log_types": ["api"]}},
        {
            "aws_eks_cluster.cluster": {
                "enabled_cluster_log_types": ["audit", "api"],
                "deletion_protection": True,
                "lifecycle": {"prevent_destroy": True},
            }
        },
    ),
    "AES256 becomes a key": (
        {"aws_s3_bucket_server_side_encryption_configuration.a": {"rule": [
            {"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}]}},
        {"aws_s3_bucket_server_side_encryption_configuration.a": {"rule": [
            {"apply_server_side_encryption_by_default": {
                "sse_algorithm": "aws:kms", "kms_master_key_id": "arn:key"}}]}},
    ),
    "a firewall's rule blocks what it counted": (
        {"aws_wafv2_web_acl.acl": firewall(rate("count"), managed("count"))},
        {"aws_wafv2_web_acl.acl": firewall(rate(limit=1000), managed())},
    ),
    "a bucket comes, closed": (
        CLUSTER,
        {**CLUSTER, **BUCKET, "aws_s3_bucket_public_access_block.logs": CLOSED},
    ),
    "more nodes": (
        {"aws_eks_node_group.a": {"scaling_config": {"min_size": 2, "max_size": 4}}},
        {"aws_eks_node_group.a": {"scaling_config": {"min_size": 2, "max_size": 8}}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("claim", HARMLESS)
def test_nothing_is_found_in_a_harmless_change(claim: str) -> None:
    before, after = HARMLESS[claim]
    assert changes(before, after), "nothing changes, so nothing is shown"
    assert found(before, after) == []


@pytest.mark.parametrize("claim", HARMLESS)
def test_in_production_only_that_it_changes_is_told(claim: str) -> None:
    before, after = (stacks(stack(side, name="prod-network")) for side in HARMLESS[claim])
    assert [each.rule for each in review(before, after).findings] == ["production"]


UNCHANGED: dict[str, tuple[Resources, Resources]] = {
    "another order of a policy's statements, actions and keys": (
        {INLINE: {"policy": policy(READ, SEND)}},
        {
            INLINE: {
                "policy": json.dumps(
                    {
                        "Statement": [SEND, {**READ, "Action": READ["Action"][::-1]}],
                        "Version": "2012-10-17",
                    },
                    indent=2,
                )
            }
        },
    ),
    "one action, alone or in a list": (
        {INLINE: {"policy": policy({**SEND, "Action": "sqs:SendMessage"})}},
        {INLINE: {"policy": policy(SEND)}},
    ),
    "another order of what the provider calls a set": (
        {"aws_eks_cluster.cluster": {"enabled_cluster_log_types": ["api", "audit"]}},
        {"aws_eks_cluster.cluster": {"enabled_cluster_log_types": ["audit", "api"]}},
    ),
    "another order of depends_on": (
        {"aws_vpc.vpc": {"depends_on": ["a.a", "b.b"]}},
        {"aws_vpc.vpc": {"depends_on": ["b.b", "a.a"]}},
    ),
    "CDKTF's own notes": (
        {"aws_vpc.vpc": {"//": {"metadata": {"path": "a"}}, "tags": None}},
        {"aws_vpc.vpc": {"//": {"metadata": {"path": "b"}}, "lifecycle": {}}},
    ),
    "whitespace in JSON that is no policy": (
        {"aws_eks_addon.a": {"configuration_values": '{"a": {"b": [1, 2]}}'}},
        {"aws_eks_addon.a": {"configuration_values": '{"a":{"b":[1,2]}}'}},
    ),
}


@pytest.mark.parametrize("claim", UNCHANGED)
def test_what_means_the_same_is_no_change(claim: str) -> None:
    before, after = UNCHANGED[claim]
    assert changes(before, after) == []


def test_the_order_of_a_list_that_is_no_set_is_a_change() -> None:
    before, after = (
        {"aws_eks_node_group.a": {"instance_types": order}}
        for order in (["t3.large", "t3a.large"], ["t3a.large", "t3.large"])
    )
    assert [each.action for each in changes(before, after)] == ["replaced"]
