"""The network of one environment: its addresses, zones, ways out."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Literal

from .retention import check_retention
from .schema import refuse, settings

# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html recommends RFC 1918.
PRIVATE_RANGES = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))

# What nodes and the platform's controllers call when no route leads out. S3 is not among
# them: it has a gateway endpoint, which costs nothing, in every environment.
PRIVATE_NODE_ENDPOINTS = (
    "autoscaling",
    "ec2",
    "ec2messages",
    "ecr.api",
    "ecr.dkr",
    "eks-auth",
    "elasticloadbalancing",
    "kms",
    "logs",
    "secretsmanager",
    "ssm",
    "ssmmessages",
    "sts",
)

# The whole is cut into eighths: six for private subnets, one for public, one for intra.
PRIVATE_BITS = 3
SMALL_BITS = 3  # public and intra: an eighth of an eighth for each zone
MOST_ZONES = 6
# AWS's smallest VPC of use here: at /21 public subnets are /27, the least an ALB accepts
# (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html).
LONGEST_PREFIX = 21
SHORTEST_PREFIX = 16  # AWS allows no larger VPC


def private_network(owner: object, field: str, text: str) -> IPv4Network:
    """The IPv4 network that `text` names. Refuses host bits, IPv6 and public ranges."""
    try:
        network: IPv4Network | IPv6Network = ip_network(text if "/" in text else "", strict=False)
    except ValueError:
        refuse(owner, field, f"{text!r} is not a CIDR block.", 'Write one such as "10.10.0.0/16".')
    if isinstance(network, IPv6Network):
        refuse(owner, field, f"{text} is IPv6.", 'Write an IPv4 block such as "10.10.0.0/16".')
    if str(network) != text:
        refuse(owner, field, f"{text} has host bits set.", f'Write the network: "{network}".')
    if not any(network.subnet_of(private) for private in PRIVATE_RANGES):
        told = ", ".join(map(str, PRIVATE_RANGES))
        refuse(owner, field, f"{text} is not a private range.", f"Choose a block inside {told}.")
    return network


@settings
class Network:
    """Addresses and routes of one VPC.

    cidr: the VPC's IPv4 block, /16 to /21.
    availability_zones: names, in the order in which subnets are numbered. Add at the end:
        the place in the list is the place in the address plan.
    nat_gateways: "one" for all zones, or "one-per-zone", which survives the loss of a zone.
    interface_endpoints: services reached privately, as in `com.amazonaws.<region>.<service>`.
    flow_log_retention_days: days that VPC flow logs are kept.
    """

    cidr: str
    availability_zones: tuple[str, ...]
    nat_gateways: Literal["one", "one-per-zone"]
    interface_endpoints: tuple[str, ...] = PRIVATE_NODE_ENDPOINTS
    flow_log_retention_days: int = 365

    def __post_init__(self) -> None:
        block = private_network(self, "cidr", self.cidr)
        if not SHORTEST_PREFIX <= block.prefixlen <= LONGEST_PREFIX:
            if block.prefixlen > LONGEST_PREFIX:
                mend = f'Write "{block.supernet(new_prefix=LONGEST_PREFIX)}", or a larger one.'
                refuse(self, "cidr", f"{self.cidr} is too small for its subnets.", mend)
            mend = f'Write "{block.network_address}/{SHORTEST_PREFIX}", or a smaller one.'
            refuse(self, "cidr", f"{self.cidr} is larger than a VPC.", mend)
        self._check_zones()
        for service in self.interface_endpoints:
            if service not in PRIVATE_NODE_ENDPOINTS:
                known = ", ".join(PRIVATE_NODE_ENDPOINTS)
                refuse(
                    self, "interface_endpoints", f"{service!r} is unknown.", f"Choose from {known}."
                )
        if len(set(self.interface_endpoints)) < len(self.interface_endpoints):
            refuse(self, "interface_endpoints", "names a service twice.", "Name each once.")
        check_retention(self, "flow_log_retention_days", self.flow_log_retention_days)

    def _check_zones(self) -> None:
        zones = self.availability_zones
        for zone in zones:
            if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-\d[a-z]", zone):
                mend = 'Write a zone such as "eu-central-1a".'
                refuse(self, "availability_zones", f"{zone!r} is not an availability zone.", mend)
        if len(set(zones)) < len(zones):
            twice = next(zone for zone in zones if zones.count(zone) > 1)
            refuse(self, "availability_zones", f"{twice} is named twice.", "Name each zone once.")
        if len(zones) < 2:
            mend = "Name at least two: EKS puts its control plane's interfaces into two zones."
            refuse(self, "availability_zones", f"has {len(zones)}.", mend)
        if len(zones) > MOST_ZONES:
            mend = f"Name at most {MOST_ZONES}: the address plan holds no more."
            refuse(self, "availability_zones", f"has {len(zones)}.", mend)

    @property
    def private_cidrs(self) -> tuple[str, ...]:
        """One block for each zone, an eighth of the VPC each: nodes and pods."""
        return self._zone_blocks(list(IPv4Network(self.cidr).subnets(PRIVATE_BITS)))

    @property
    def public_cidrs(self) -> tuple[str, ...]:
        """One block for each zone, a 64th of the VPC each: load balancers and NAT."""
        return self._zone_blocks(self._small_blocks(eighth=6))

    @property
    def intra_cidrs(self) -> tuple[str, ...]:
        """One block for each zone, a 64th of the VPC each: the control plane's interfaces."""
        return self._zone_blocks(self._small_blocks(eighth=7))

    @property
    def public_cidr(self) -> str:
        """The block that holds all public subnets: whence load balancers come to pods."""
        return str(self._eighth(6))

    @property
    def intra_cidr(self) -> str:
        """The block that holds all intra subnets: whence the API server calls webhooks."""
        return str(self._eighth(7))

    @property
    def private_addresses(self) -> int:
        """Addresses that nodes and pods can take: AWS keeps five of each subnet."""
        return sum(IPv4Network(block).num_addresses - 5 for block in self.private_cidrs)

    def _small_blocks(self, *, eighth: int) -> list[IPv4Network]:
        return list(self._eighth(eighth).subnets(SMALL_BITS))

    def _eighth(self, number: int) -> IPv4Network:
        return list(IPv4Network(self.cidr).subnets(PRIVATE_BITS))[number]

    def _zone_blocks(self, blocks: list[IPv4Network]) -> tuple[str, ...]:
        return tuple(str(block) for block in blocks[: len(self.availability_zones)])
