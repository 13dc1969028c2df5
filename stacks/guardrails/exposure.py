"""What the world can reach."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from stacks.guardrails.resources import Resources, Violation, blocks

# A block this short is nobody's own; two halves of the world are the world.
SHORTEST_OWN = 8
# A security group for load balancers says so; those that the controller makes are not in Terraform.
LOAD_BALANCER = "load-balancer"


def closed_endpoint(resources: Resources) -> Iterator[Violation]:
    """The Kubernetes API is private in prod, and open to nobody's whole internet elsewhere."""
    for address, arguments in resources.of("aws_eks_cluster"):
        for config in blocks(arguments.get("vpc_config")):
            public = config.get("endpoint_public_access", True)  # the provider's default
            cidrs = config.get("public_access_cidrs") or ["0.0.0.0/0"]  # EKS's default
            if public and resources.production:
                mend = "Leave public_access_cidrs of the settings empty."
                yield Violation(address, "has a public endpoint in production", mend)
            elif public and any(map(_is_the_world, cidrs)):
                mend = "Name your own addresses in public_access_cidrs."
                yield Violation(address, "has a public endpoint open to the world", mend)


def closed_ingress(resources: Resources) -> Iterator[Violation]:
    """No security group lets the world in, but a load balancer's."""
    rules: list[tuple[str, dict[str, Any]]] = list(
        resources.of("aws_vpc_security_group_ingress_rule")
    )
    for address, arguments in resources.of("aws_security_group", "aws_default_security_group"):
        rules += [(address, rule) for rule in blocks(arguments.get("ingress"))]
    rules += [
        (address, arguments)
        for address, arguments in resources.of("aws_security_group_rule")
        if arguments.get("type") == "ingress"
    ]
    for address, rule in rules:
        sources = [rule.get("cidr_ipv4"), rule.get("cidr_ipv6")]
        sources += [*(rule.get("cidr_blocks") or []), *(rule.get("ipv6_cidr_blocks") or [])]
        if any(map(_is_the_world, sources)) and LOAD_BALANCER not in address:
            mend = "Name the addresses, or a security group: only load balancers face the world."
            yield Violation(address, "lets the world in", mend)


def closed_buckets(resources: Resources) -> Iterator[Violation]:
    """Each bucket blocks public access, all four ways."""
    kind = "aws_s3_bucket_public_access_block"
    for address, _ in resources.of("aws_s3_bucket"):
        if not resources.refer_to(address, kind=kind, argument="bucket"):
            yield Violation(
                address, "has no public access block", "Make it with stacks.bucket.bucket."
            )
    for address, arguments in resources.of(kind):
        ways = (
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets",
        )
        for way in ways:
            if arguments.get(way) is not True:
                yield Violation(address, f"leaves {way} off", f"Write {way}=True.")


def private_addresses(resources: Resources) -> Iterator[Violation]:
    """Nothing gets a public address by being started."""
    for address, arguments in resources.of("aws_subnet"):
        if arguments.get("map_public_ip_on_launch"):
            yield Violation(
                address, "gives public addresses", "Write map_public_ip_on_launch=False."
            )


def guarded_metadata(resources: Resources) -> Iterator[Violation]:
    """Nodes' credentials are out of the pods' reach."""
    for address, arguments in resources.of("aws_launch_template"):
        options = blocks(arguments.get("metadata_options"))
        if not any(
            block.get("http_tokens") == "required" and block.get("http_put_response_hop_limit") == 1
            for block in options
        ):
            mend = 'Write http_tokens="required" and http_put_response_hop_limit=1.'
            yield Violation(address, "lets pods reach the metadata service", mend)


def _is_the_world(cidr: str | None) -> bool:
    try:
        return cidr is not None and ip_network(cidr, strict=False).prefixlen < SHORTEST_OWN
    except ValueError:
        return False  # a token: another resource's own block


RULES = (closed_endpoint, closed_ingress, closed_buckets, private_addresses, guarded_metadata)
