"""VPC endpoints as they are synthesized: which services, for whom, with whose credentials."""

import re

import pytest

from stacks.settings import Environment
from stacks.settings.network import PRIVATE_NODE_ENDPOINTS
from tests.stacks.terraform_json import Arguments, only, resources, statements
from tests.synthesis import Stack


@pytest.fixture
def network(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The network stack of the environment."""
    return synthesized[f"{environment.name}-network"]


def endpoints(network: Stack) -> dict[str, Arguments]:
    """Service → arguments of each endpoint."""
    return {
        re.sub(r"com\.amazonaws\.[a-z0-9-]+\.", "", arguments["service_name"]): arguments
        for arguments in resources(network, "aws_vpc_endpoint").values()
    }


def private_tables(network: Stack) -> set[str]:
    """The route tables of the private subnets."""
    return {
        association["route_table_id"]
        for association in resources(network, "aws_route_table_association").values()
        if "aws_subnet.private-" in association["subnet_id"]
    }


def test_s3_is_reached_by_the_private_route_tables(network: Stack) -> None:
    s3 = endpoints(network)["s3"]
    assert s3["vpc_endpoint_type"] == "Gateway"
    assert set(s3["route_table_ids"]) == private_tables(network)


def test_interface_endpoints_are_those_of_the_settings(
    environment: Environment, network: Stack
) -> None:
    interfaces = {
        service: endpoint
        for service, endpoint in endpoints(network).items()
        if endpoint["vpc_endpoint_type"] == "Interface"
    }
    assert set(interfaces) == set(environment.network.interface_endpoints)
    private = {
        f"${{aws_subnet.private-{zone}.id}}" for zone in environment.network.availability_zones
    }
    for endpoint in interfaces.values():
        assert endpoint["service_name"].startswith(f"com.amazonaws.{environment.region}.")
        assert endpoint["private_dns_enabled"] is True
        assert set(endpoint["subnet_ids"]) == private
        assert endpoint["security_group_ids"] == [
            "${aws_security_group.endpoint-security-group.id}"
        ]


def test_prods_nodes_reach_all_they_need_without_leaving_aws(synthesized: dict[str, Stack]) -> None:
    assert set(endpoints(synthesized["prod-network"])) == {"s3", *PRIVATE_NODE_ENDPOINTS}


def test_endpoints_take_tls_from_inside_the_vpc_and_nothing_else(
    environment: Environment, network: Stack
) -> None:
    rule = only(network, "aws_vpc_security_group_ingress_rule")
    assert (rule["ip_protocol"], rule["from_port"], rule["to_port"]) == ("tcp", 443, 443)
    assert rule["cidr_ipv4"] == environment.network.cidr


def test_endpoints_take_only_this_accounts_credentials(
    environment: Environment, network: Stack
) -> None:
    for service, endpoint in endpoints(network).items():
        allowed = statements(endpoint["policy"])
        own = allowed.pop("OwnPrincipals")
        condition = {"StringEquals": {"aws:PrincipalAccount": environment.account.id}}
        assert own["Condition"] == condition, service
        # What bears no credentials of the account: a token, and links that ECR has signed.
        unsigned = {"sts": {"WebIdentity"}, "s3": {"ImageLayers"}}.get(service, set())
        assert set(allowed) == unsigned, service
