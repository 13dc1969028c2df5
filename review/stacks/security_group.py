"""What a security group's rules open, in the three forms in which Terraform writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any, Literal

from review.stacks.values import Arguments, blocks, many

Direction = Literal["ingress", "egress"]

RULE = {
    "aws_vpc_security_group_egress_rule": "egress",
    "aws_vpc_security_group_ingress_rule": "ingress",
}
GROUPS = ("aws_security_group", "aws_default_security_group")

SOURCES = (
    "cidr_ipv4",
    "cidr_ipv6",
    "prefix_list_id",
    "referenced_security_group_id",
    "source_security_group_id",
    "cidr_blocks",
    "ipv6_cidr_blocks",
    "prefix_list_ids",
    "security_groups",
)

ALL = "-1"
"""Every protocol, and so every port."""

SHORTEST_OWN = 8
"""Bits: a block this short is nobody's own; two halves of the world are the world."""


@dataclass(frozen=True)
class Opening:
    """One source, or for egress one destination, that may be reached through one range of ports."""

    direction: Direction
    protocol: str
    first: int
    last: int
    source: str

    @property
    def ports(self) -> str:
        if self.protocol == ALL:
            return "every port and protocol"
        ports = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        return f"{self.protocol} {'all ports' if (self.first, self.last) == (0, 65535) else ports}"


def openings(kind: str, arguments: Arguments | None) -> list[Opening]:
    """What this resource opens; nothing where it is none of security groups."""
    if arguments is None:
        return []
    if kind in GROUPS:
        return [
            opening
            for direction in ("ingress", "egress")
            for rule in blocks(arguments.get(direction))
            for opening in _openings(direction, rule)
        ]
    if kind == "aws_security_group_rule":
        return _openings(arguments.get("type"), arguments)
    return _openings(RULE[kind], arguments) if kind in RULE else []


def beyond(before: Sequence[Opening], after: Sequence[Opening]) -> list[Opening]:
    """What is open after and was not before, each once."""
    found = [each for each in after if not any(_covers(other, each) for other in before)]
    return list(dict.fromkeys(found))


def within(source: str, other: str) -> bool:
    """Whether a source is in the other: a block in a larger one, or the same thing."""
    if source == other:
        return True
    try:
        inner, outer = ip_network(source, strict=False), ip_network(other, strict=False)
    except ValueError:
        return False
    return inner.version == outer.version and inner.subnet_of(outer)  # ty: ignore[invalid-argument-type]


def is_world(source: Any) -> bool:
    """Whether an address block is everyone's."""
    try:
        return ip_network(str(source), strict=False).prefixlen < SHORTEST_OWN
    except ValueError:
        return False  # a group, a list, or known only later


def _openings(direction: Any, rule: Arguments) -> list[Opening]:
    protocol = str(rule.get("ip_protocol") or rule.get("protocol") or ALL)
    protocol = ALL if protocol == "all" else protocol
    first, last = _port(rule.get("from_port"), 0), _port(rule.get("to_port"), 65535)
    sources = [str(each) for name in SOURCES for each in many(rule.get(name))]
    if rule.get("self") is True:
        sources.append("itself")
    return [Opening(direction, protocol, first, last, source) for source in sources]


def _port(value: Any, otherwise: int) -> int:
    """-1 is every port, and every type of ICMP."""
    number = value if isinstance(value, int) else otherwise
    return otherwise if number == -1 else number


def _covers(opening: Opening, other: Opening) -> bool:
    ports = opening.protocol == ALL or (
        opening.protocol == other.protocol
        and opening.first <= other.first
        and other.last <= opening.last
    )
    return opening.direction == other.direction and ports and within(other.source, opening.source)
