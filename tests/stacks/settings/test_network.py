"""A network's addresses, zones, endpoints: what is refused, what the address plan promises."""

from dataclasses import replace
from ipaddress import IPv4Network
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stacks.environments.dev import DEV
from stacks.settings.network import PRIVATE_NODE_ENDPOINTS, PRIVATE_RANGES
from tests.stacks.settings.refusal import refused

ZONES = tuple(f"us-east-1{letter}" for letter in "abcdef")


@st.composite
def vpc_blocks(draw: st.DrawFn) -> IPv4Network:
    """Any block that a VPC may have."""
    private = draw(st.sampled_from(PRIVATE_RANGES))
    prefix = draw(st.integers(16, 21))
    number = draw(st.integers(0, 2 ** (prefix - private.prefixlen) - 1))
    return IPv4Network((int(private.network_address) + number * 2 ** (32 - prefix), prefix))


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param(
            {"cidr": "10.10.0.1/16"}, "cidr", '"10.10.0.0/16"', id="a block with host bits"
        ),
        pytest.param({"cidr": "fd00:10::/48"}, "cidr", "IPv4", id="IPv6 where IPv4 is meant"),
        pytest.param({"cidr": "8.8.0.0/16"}, "cidr", "10.0.0.0/8", id="a public block"),
        pytest.param(
            {"cidr": "172.32.0.0/16"}, "cidr", "172.16.0.0/12", id="a block past a private range"
        ),
        pytest.param(
            {"cidr": "100.64.0.0/16"}, "cidr", "192.168.0.0/16", id="carriers' shared block"
        ),
        pytest.param(
            {"cidr": "10.10.0.0/22"}, "cidr", '"10.10.0.0/21"', id="a block too small for subnets"
        ),
        pytest.param(
            {"cidr": "10.10.4.0/22"}, "cidr", '"10.10.0.0/21"', id="a small block inside another"
        ),
        pytest.param(
            {"cidr": "10.0.0.0/15"}, "cidr", '"10.0.0.0/16"', id="a block larger than a VPC"
        ),
        pytest.param(
            {"cidr": "10.10.0.0"}, "cidr", '"10.10.0.0/16"', id="an address without a length"
        ),
        pytest.param(
            {"cidr": "10.10.0.0/33"}, "cidr", '"10.10.0.0/16"', id="a length that is none"
        ),
        pytest.param({"cidr": "ten"}, "cidr", '"10.10.0.0/16"', id="a word"),
        pytest.param({"cidr": ""}, "cidr", '"10.10.0.0/16"', id="nothing"),
        pytest.param({"cidr": "10.10.0.0/16\n"}, "cidr", "10.10.0.0/16", id="a trailing newline"),
        pytest.param(
            {"availability_zones": ()}, "availability_zones", "at least two", id="no zone"
        ),
        pytest.param(
            {"availability_zones": ZONES[:1]}, "availability_zones", "at least two", id="one zone"
        ),
        pytest.param(
            {"availability_zones": (*ZONES, "us-east-1g")},
            "availability_zones",
            "at most 6",
            id="seven zones",
        ),
        pytest.param(
            {"availability_zones": (ZONES[0], ZONES[1], ZONES[0])},
            "availability_zones",
            "each zone once",
            id="the same zone twice",
        ),
        pytest.param(
            {"availability_zones": ("a", "b")},
            "availability_zones",
            '"eu-central-1a"',
            id="a letter for a zone",
        ),
        pytest.param(
            {"availability_zones": ("eu-central-1", "eu-central-1b")},
            "availability_zones",
            '"eu-central-1a"',
            id="a region for a zone",
        ),
        pytest.param({"nat_gateways": "two"}, "nat_gateways", "Choose one", id="two NAT gateways"),
        pytest.param(
            {"interface_endpoints": ("s3",)},
            "interface_endpoints",
            "Choose from autoscaling",
            id="an interface endpoint for S3, which has a gateway",
        ),
        pytest.param(
            {"interface_endpoints": ("sts", "sts")},
            "interface_endpoints",
            "Name each once",
            id="the same endpoint twice",
        ),
        pytest.param(
            {"flow_log_retention_days": 45},
            "flow_log_retention_days",
            "60",
            id="days that CloudWatch cannot keep flow logs",
        ),
        pytest.param(
            {"flow_log_retention_days": 0},
            "flow_log_retention_days",
            "1",
            id="flow logs without an end",
        ),
    ],
)
def test_refuses(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: replace(DEV.network, **change))
    assert refusal.field == f"Network.{field}"
    assert mend in refusal.mend


@given(block=vpc_blocks(), data=st.data())
def test_a_block_with_host_bits_is_always_answered_with_its_network(
    block: IPv4Network, data: st.DataObject
) -> None:
    host = data.draw(st.integers(1, block.num_addresses - 1))
    text = f"{block.network_address + host}/{block.prefixlen}"
    refusal = refused(lambda: replace(DEV.network, cidr=text))
    assert f'"{block}"' in refusal.mend
    assert replace(DEV.network, cidr=str(block)).cidr == str(block)


@given(block=vpc_blocks(), zones=st.integers(2, 6))
def test_subnets_lie_inside_the_vpc_and_never_overlap(block: IPv4Network, zones: int) -> None:
    network = replace(DEV.network, cidr=str(block), availability_zones=ZONES[:zones])
    cidrs = (*network.private_cidrs, *network.public_cidrs, *network.intra_cidrs)
    subnets = [IPv4Network(cidr) for cidr in cidrs]
    assert len(subnets) == 3 * zones
    assert all(subnet.subnet_of(block) for subnet in subnets), cidrs
    overlaps = [pair for pair in combinations(subnets, 2) if pair[0].overlaps(pair[1])]
    assert overlaps == []


@given(block=vpc_blocks())
def test_a_zone_added_at_the_end_moves_no_subnet(block: IPv4Network) -> None:
    grown = [
        replace(DEV.network, cidr=str(block), availability_zones=ZONES[:zones])
        for zones in range(2, 7)
    ]
    for before, after in pairwise(grown):
        for kind in ("private_cidrs", "public_cidrs", "intra_cidrs"):
            assert getattr(after, kind)[:-1] == getattr(before, kind)


@given(block=vpc_blocks())
def test_every_public_subnet_is_large_enough_for_a_load_balancer(block: IPv4Network) -> None:
    public = replace(DEV.network, cidr=str(block)).public_cidrs
    assert all(IPv4Network(cidr).prefixlen <= 27 for cidr in public), public


def test_the_smallest_vpc_is_accepted() -> None:
    assert replace(DEV.network, cidr="192.168.8.0/21").private_addresses == 2 * (256 - 5)


def test_no_interface_endpoint_is_accepted() -> None:
    assert replace(DEV.network, interface_endpoints=()).interface_endpoints == ()


def test_private_nodes_reach_what_they_need_unless_told_otherwise() -> None:
    # What private nodes call, beside S3, which has a gateway endpoint.
    assert set(PRIVATE_NODE_ENDPOINTS) == {
        *("ecr.api", "ecr.dkr", "ec2", "sts", "logs", "kms", "ssm", "ssmmessages", "ec2messages"),
        *("autoscaling", "elasticloadbalancing", "secretsmanager", "eks-auth"),
    }
