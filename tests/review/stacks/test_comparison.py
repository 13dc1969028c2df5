"""One small case for each kind of change: two stacks, and what is told of them."""

import pytest

from review.stacks.argument import Argument
from review.stacks.change import Change
from review.stacks.comparison import compare
from review.stacks.review import review
from tests.review.stacks.tiny import VPC, Resources, changes, policy, stack, stacks

SUBNET = {"vpc_id": "${aws_vpc.vpc.id}", "availability_zone": "eu-central-1a"}


def told(before: Resources, after: Resources) -> list[tuple[str, str, list[str]]]:
    return [summed(each) for each in changes(before, after)]


def summed(change: Change) -> tuple[str, str, list[str]]:
    arguments = [
        f"{each.path}: {each.before} → {each.after}{' replaces' if each.replaces else ''}"
        for each in change.arguments
    ]
    return change.action, change.address, arguments


def test_an_added_resource() -> None:
    assert told({}, VPC) == [("added", "aws_vpc.vpc", [])]


def test_a_removed_resource() -> None:
    assert told(VPC, {}) == [("removed", "aws_vpc.vpc", [])]


def test_a_changed_argument() -> None:
    before = {"aws_eks_node_group.a": {"scaling_config": {"max_size": 4}}}
    after = {"aws_eks_node_group.a": {"scaling_config": {"max_size": 6}}}
    assert told(before, after) == [
        ("changed", "aws_eks_node_group.a", ["scaling_config.max_size: 4 → 6"])
    ]


def test_an_argument_that_forces_a_new_resource() -> None:
    before, after = (
        {"aws_subnet.a": {"availability_zone": zone, "tags": {"n": zone}}} for zone in ("1a", "1b")
    )
    assert told(before, after) == [
        (
            "replaced",
            "aws_subnet.a",
            ["availability_zone: 1a → 1b replaces", "tags.n: 1a → 1b"],
        )
    ]


def test_a_block_that_goes_replaces_only_where_the_provider_says_so() -> None:
    key = {"resources": ["secrets"]}
    network = {"service_ipv4_cidr": "172.20.0.0/16"}
    cluster = {"encryption_config": key, "kubernetes_network_config": network}
    [change] = changes({"aws_eks_cluster.c": cluster}, {"aws_eks_cluster.c": {}})
    assert {each.path: each.replaces for each in change.arguments} == {
        "encryption_config": True,
        "kubernetes_network_config": False,
    }


def test_a_type_that_the_provider_was_not_asked_for_is_said_to_be_unknown() -> None:
    release = [{"helm_release.argocd": {"version": version}} for version in ("1", "2")]
    [change] = changes(*release)
    assert (change.action, change.known) == ("changed", False)
    [change] = changes({"aws_vpc.vpc": {"tags": {"a": "b"}}}, {"aws_vpc.vpc": {}})
    assert change.known


def test_what_terraform_leaves_to_others_is_no_change() -> None:
    before, after = (
        {
            "aws_eks_node_group.a": {
                "scaling_config": {"desired_size": size, "max_size": size},
                "lifecycle": {"ignore_changes": ["scaling_config[0].desired_size"]},
            }
        }
        for size in (2, 3)
    )
    assert told(before, after) == [
        ("changed", "aws_eks_node_group.a", ["scaling_config.max_size: 2 → 3"])
    ]


def test_a_value_that_is_known_only_later() -> None:
    before = {"aws_eks_addon.a": {"addon_version": "v1"}}
    after = {"aws_eks_addon.a": {"addon_version": "${data.aws_eks_addon_version.a.version}"}}
    [change] = changes(before, after)
    assert [each.known_later for each in change.arguments] == [True]
    [change] = changes(after, before)
    assert [each.known_later for each in change.arguments] == [False]


def test_a_variable_of_iams_own_is_a_text() -> None:
    resource = "arn:aws:s3:::logs/${aws:PrincipalTag/team}"
    argument = Argument(path="policy", before=None, after=resource)
    assert not argument.known_later


def test_a_renamed_address_with_equal_arguments_is_moved_with_all_that_refers_to_it() -> None:
    before = {**VPC, "aws_subnet.a": SUBNET}
    after = {
        "aws_vpc.main": VPC["aws_vpc.vpc"],
        "aws_subnet.a": {**SUBNET, "vpc_id": "${aws_vpc.main.id}"},
    }
    moved = [each for each in changes(before, after) if each.address == "aws_vpc.main"]
    assert [(each.action, each.moved_from, each.by_block) for each in moved] == [
        ("moved", "aws_vpc.vpc", False)
    ]


def test_a_rename_with_a_block_touches_nothing_else() -> None:
    before = stack({**VPC, "aws_subnet.a": SUBNET})
    after = stack(
        {
            "aws_vpc.main": VPC["aws_vpc.vpc"],
            "aws_subnet.a": {**SUBNET, "vpc_id": "${aws_vpc.main.id}"},
        },
        moved=[{"from": "aws_vpc.vpc", "to": "aws_vpc.main"}],
    )
    [change] = review(stacks(before), stacks(after)).changes
    assert (change.action, change.address, change.moved_from, change.by_block) == (
        "moved",
        "aws_vpc.main",
        "aws_vpc.vpc",
        True,
    )


def test_two_renames_of_which_one_refers_to_the_other_are_both_found() -> None:
    before = {**VPC, "aws_subnet.a": SUBNET}
    after = {
        "aws_vpc.main": VPC["aws_vpc.vpc"],
        "aws_subnet.b": {**SUBNET, "vpc_id": "${aws_vpc.main.id}"},
    }
    found = compare(stack(before), stack(after))
    assert {each.address: each.moved_from for each in found} == {
        "aws_vpc.main": "aws_vpc.vpc",
        "aws_subnet.b": "aws_subnet.a",
    }


def test_what_is_two_times_there_is_not_guessed_to_be_moved() -> None:
    twins = {"aws_eip.a": {"domain": "vpc"}, "aws_eip.b": {"domain": "vpc"}}
    after = {"aws_eip.c": {"domain": "vpc"}, "aws_eip.d": {"domain": "vpc"}}
    assert [each[0] for each in told(twins, after)] == ["removed", "removed", "added", "added"]


def test_a_replacement_takes_along_what_refers_to_its_id() -> None:
    before = {**VPC, "aws_subnet.a": SUBNET}
    after = {**before, "aws_vpc.vpc": {"cidr_block": "10.1.0.0/16"}}
    found = {each.address: each for each in changes(before, after)}
    assert (found["aws_subnet.a"].action, found["aws_subnet.a"].because) == (
        "replaced",
        "aws_vpc.vpc",
    )


def test_what_a_replaced_resource_is_given_by_the_configuration_stays() -> None:
    subnet = {"vpc_id": "v", "availability_zone": "${aws_subnet.a.availability_zone}"}
    before, after = (
        {"aws_subnet.a": {"cidr_block": cidr, "availability_zone": "1a"}, "aws_subnet.b": subnet}
        for cidr in ("10.0.0.0/24", "10.0.1.0/24")
    )
    assert [each.address for each in changes(before, after)] == ["aws_subnet.a"]


def test_a_replacement_reaches_the_stacks_that_read_it() -> None:
    output = {"cross-stack-output-vpc": {"value": "${aws_vpc.vpc.id}"}}
    reader = stack(
        {
            "aws_security_group.api": {
                "vpc_id": "${data.terraform_remote_state.cross-stack-reference-input-dev-network"
                ".outputs.cross-stack-output-vpc}"
            }
        },
        name="dev-cluster",
    )
    old = stacks(stack(VPC, output=output), reader)
    new = stacks(stack({"aws_vpc.vpc": {"cidr_block": "10.1.0.0/16"}}, output=output), reader)
    found = {each.address: each.because for each in review(old, new).changes}
    assert found["aws_security_group.api"] == "dev-network aws_vpc.vpc"


def test_a_policy_document_is_compared_as_the_policy_that_it_makes() -> None:
    reference = {"policy": "${data.aws_iam_policy_document.read.json}"}
    old, new = (
        stack(
            {"aws_iam_role_policy.read": reference},
            data={
                "aws_iam_policy_document": {
                    "read": {"statement": [{"actions": actions, "resources": ["arn:a"]}]}
                }
            },
        )
        for actions in (["s3:GetObject"], ["s3:GetObject", "s3:PutObject"])
    )
    assert [each.rule for each in review(stacks(old), stacks(new)).findings] == ["wider-policy"]


def test_a_policys_statement_is_named_by_its_sid() -> None:
    before, after = (
        {"aws_iam_role_policy.a": {"policy": policy({"Sid": "Read", "Action": [action]})}}
        for action in ("a:A", "a:B")
    )
    [change] = changes(before, after)
    assert [each.path for each in change.arguments] == ["policy.Statement[Read].Action[0]"]


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [((), ("dev-network",), "added"), (("dev-network",), (), "removed")],
)
def test_a_whole_environment_that_comes_or_goes(before, after, status) -> None:
    sides = (stacks(*(stack(VPC, name=name) for name in side)) for side in (before, after))
    [environment] = review(*sides).environments
    assert (environment.status, environment.stacks[0].status) == (status, status)
    assert [each.action for each in environment.stacks[0].changes] == [status]


def test_only_the_environments_that_are_named_are_looked_at() -> None:
    old = stacks(stack(VPC), stack(VPC, name="prod-network"))
    found = review(old, {}, names=["dev"])
    assert [each.name for each in found.environments] == ["dev"]
    assert {each.environment for each in found.findings} == {"dev"}


def test_outputs_that_stacks_hand_each_other_are_no_change_of_their_own() -> None:
    old = stack(VPC, output={"cross-stack-output-a": {"value": "a"}, "vpc_id": {"value": "a"}})
    new = stack(VPC, output={"cross-stack-output-a": {"value": "b"}, "vpc_id": {"value": "b"}})
    assert [each.address for each in compare(old, new)] == ["output.vpc_id"]
