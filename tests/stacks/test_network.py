"""The VPC as it is synthesized: subnets, ways out, endpoints, flow logs."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, only, resources, source, statements
from tests.synthesis import Stack

ROLE_TAGS = {
    "public": {"kubernetes.io/role/elb": "1"},
    "private": {"kubernetes.io/role/internal-elb": "1"},
    "intra": {},
}


@pytest.fixture
def network(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The network stack of the environment."""
    return synthesized[f"{environment.name}-network"]


def tables_of(network: Stack, kind: str) -> dict[str, str]:
    """Subnet → its route table, for the subnets of one kind."""
    return {
        association["subnet_id"]: association["route_table_id"]
        for association in resources(network, "aws_route_table_association").values()
        if f"aws_subnet.{kind}-" in association["subnet_id"]
    }


def ways_out(network: Stack) -> dict[str, Arguments]:
    """Route table → its route to the world."""
    return {
        route["route_table_id"]: route
        for route in resources(network, "aws_route").values()
        if route["destination_cidr_block"] == "0.0.0.0/0"
    }


def test_the_vpc_has_its_block_and_both_dns_switches(
    environment: Environment, network: Stack
) -> None:
    vpc = only(network, "aws_vpc")
    assert vpc["cidr_block"] == environment.network.cidr
    assert (vpc["enable_dns_support"], vpc["enable_dns_hostnames"]) == (True, True)


@pytest.mark.parametrize("kind", ROLE_TAGS)
def test_every_zone_has_a_subnet_of_each_kind_with_its_role_tag(
    environment: Environment, network: Stack, kind: str
) -> None:
    cidrs = getattr(environment.network, f"{kind}_cidrs")
    made = {
        subnet["availability_zone"]: subnet
        for name, subnet in resources(network, "aws_subnet").items()
        if name.startswith(f"{kind}-")
    }
    assert {zone: subnet["cidr_block"] for zone, subnet in made.items()} == dict(
        zip(environment.network.availability_zones, cidrs, strict=True)
    )
    for subnet in made.values():
        roles = {key: value for key, value in subnet["tags"].items() if key != "Name"}
        assert roles == ROLE_TAGS[kind]
        assert subnet["map_public_ip_on_launch"] is False


def test_nat_gateways_are_as_many_as_the_settings_say(
    environment: Environment, network: Stack
) -> None:
    zones = environment.network.availability_zones
    expected = zones if environment.network.nat_gateways == "one-per-zone" else zones[:1]
    gateways = resources(network, "aws_nat_gateway")
    assert {gateway["subnet_id"] for gateway in gateways.values()} == {
        f"${{aws_subnet.public-{zone}.id}}" for zone in expected
    }
    assert all(
        gateway["depends_on"] == ["aws_internet_gateway.internet-gateway"]
        for gateway in gateways.values()
    )
    assert len(resources(network, "aws_eip")) == len(expected)


@pytest.mark.parametrize(("name", "count"), [("dev", 1), ("staging", 1), ("prod", 3)])
def test_dev_has_one_nat_gateway_and_prod_one_in_each_zone(
    name: str, count: int, synthesized: dict[str, Stack]
) -> None:
    assert len(resources(synthesized[f"{name}-network"], "aws_nat_gateway")) == count


def test_each_zones_nodes_leave_by_their_own_gateway_where_there_is_one(
    environment: Environment, network: Stack
) -> None:
    out, first = ways_out(network), environment.network.availability_zones[0]
    for zone in environment.network.availability_zones:
        table = tables_of(network, "private")[f"${{aws_subnet.private-{zone}.id}}"]
        nearest = zone if environment.network.nat_gateways == "one-per-zone" else first
        assert out[table]["nat_gateway_id"] == f"${{aws_nat_gateway.nat-{nearest}.id}}"


def test_load_balancers_leave_by_the_internet_gateway(network: Stack) -> None:
    tables = set(tables_of(network, "public").values())
    assert len(tables) == 1
    route = ways_out(network)[tables.pop()]
    assert route["gateway_id"] == "${aws_internet_gateway.internet-gateway.id}"


def test_the_control_planes_interfaces_have_no_way_out(network: Stack) -> None:
    tables = set(tables_of(network, "intra").values())
    assert tables
    assert not tables & ways_out(network).keys()


def test_every_subnet_has_a_route_table(network: Stack) -> None:
    attached = {key for kind in ROLE_TAGS for key in tables_of(network, kind)}
    assert attached == {f"${{aws_subnet.{name}.id}}" for name in resources(network, "aws_subnet")}


def test_the_default_security_group_has_no_rules(network: Stack) -> None:
    group = only(network, "aws_default_security_group")
    assert group["vpc_id"] == "${aws_vpc.vpc.id}"
    assert not group.keys() & {"ingress", "egress"}


def test_flow_logs_tell_all_traffic_to_an_encrypted_group_with_an_end(
    environment: Environment, network: Stack, synthesized: dict[str, Stack]
) -> None:
    flow_log, group = only(network, "aws_flow_log"), only(network, "aws_cloudwatch_log_group")
    assert flow_log["traffic_type"] == "ALL"
    assert flow_log["vpc_id"] == "${aws_vpc.vpc.id}"
    assert flow_log["log_destination"] == "${aws_cloudwatch_log_group.flow-log-group.arn}"
    assert source(synthesized, group["kms_key_id"]) == "${aws_kms_key.logs.arn}"
    assert group["retention_in_days"] == environment.network.flow_log_retention_days


def test_only_the_flow_logs_of_this_account_may_take_the_role(
    environment: Environment, network: Stack
) -> None:
    role = only(network, "aws_iam_role")
    trust = statements(role["assume_role_policy"])["Trust"]
    assert trust["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": environment.account.id}}
    write = statements(only(network, "aws_iam_role_policy")["policy"])["WriteFlowLogs"]
    assert write["Resource"] == "${aws_cloudwatch_log_group.flow-log-group.arn}:*"
