"""Who may reach whom, from NetworkPolicies alone, as the VPC CNI's policy engine decides it.

A pod is open on a side until a policy selects it there; then only what one of them allows. Pods
have addresses of the VPC, and that engine matches address blocks against pods too.
(https://kubernetes.io/docs/concepts/services-networking/network-policies/)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

from tests.platform.rendering import Content


@dataclass(frozen=True)
class Peer:
    """A pod (with a namespace), or an address of something that is none."""

    address: str
    namespace: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


def may_reach(
    source: Peer, target: Peer, port: int, *, policies: Iterable[Content], protocol: str = "TCP"
) -> bool:
    """Whether both sides let it through."""
    standing = list(policies)
    return _side(source, target, port, protocol, "egress", "to", standing) and _side(
        target, source, port, protocol, "ingress", "from", standing
    )


def _side(
    own: Peer,
    other: Peer,
    port: int,
    protocol: str,
    side: str,
    word: str,
    policies: Iterable[Content],
) -> bool:
    selecting = [
        policy["spec"]
        for policy in policies
        if policy["metadata"]["namespace"] == own.namespace
        and side.capitalize() in policy["spec"]["policyTypes"]
        and _matches(policy["spec"]["podSelector"], own.labels)
    ]
    return not selecting or any(
        _port(rule.get("ports"), port, protocol)
        and (word not in rule or any(_peer(entry, own, other) for entry in rule[word]))
        for spec in selecting
        for rule in spec.get(side, ())
    )


def _port(ports: list[dict[str, Any]] | None, port: int, protocol: str) -> bool:
    return not ports or any((each["port"], each["protocol"]) == (port, protocol) for each in ports)


def _peer(entry: Mapping[str, Any], own: Peer, other: Peer) -> bool:
    if "ipBlock" in entry:
        address = ip_address(other.address)
        block = entry["ipBlock"]
        return address in ip_network(block["cidr"]) and not any(
            address in ip_network(cut) for cut in block.get("except", ())
        )
    if other.namespace is None:
        return False
    if "namespaceSelector" in entry:
        names = {"kubernetes.io/metadata.name": other.namespace}
        if not _matches(entry["namespaceSelector"], names):
            return False
    elif other.namespace != own.namespace:
        return False
    return _matches(entry.get("podSelector", {}), other.labels)


def _matches(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    assert selector.keys() <= {"matchLabels"}, f"{selector}: not read here; teach this function"
    return all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())
