"""Things that the world, or every pod, can reach."""

from stacks.guardrails import exposure
from tests.stacks.broken.case import Case, Kinds

PRIVATE = {"endpoint_public_access": False, "endpoint_private_access": True}
WAYS = {
    "block_public_acls": True,
    "block_public_policy": True,
    "ignore_public_acls": True,
    "restrict_public_buckets": True,
}
NAMED = "198.51.100.7/32"


def cluster(**config: object) -> Kinds:
    """A cluster with this vpc_config."""
    return {"aws_eks_cluster": {"cluster": {"vpc_config": config}}}


def ingress_rule(name: str = "api", **source: object) -> Kinds:
    """A rule that lets `source` in."""
    return {"aws_vpc_security_group_ingress_rule": {name: {"ip_protocol": "tcp", **source}}}


def bucket(**ways: bool) -> Kinds:
    """A bucket and its public access block."""
    return {
        "aws_s3_bucket": {"logs": {"bucket": "tribe-logs"}},
        "aws_s3_bucket_public_access_block": {
            "logs": {"bucket": "${aws_s3_bucket.logs.id}", **ways}
        },
    }


def template(**options: object) -> Kinds:
    """A launch template with these metadata options."""
    return {"aws_launch_template": {"nodes": {"metadata_options": options}}}


def ingress(claim: str, address: str, broken: Kinds, mended: Kinds) -> Case:
    """A case of the rule about ingress."""
    mend = "only load balancers face the world"
    rule = exposure.closed_ingress
    return Case(rule=rule, claim=claim, address=address, mend=mend, broken=broken, mended=mended)


CASES = (
    Case(
        rule=exposure.closed_endpoint,
        claim="a public endpoint in prod, even for named addresses",
        address="aws_eks_cluster.cluster",
        mend="Leave public_access_cidrs of the settings empty",
        broken=cluster(endpoint_public_access=True, public_access_cidrs=[NAMED]),
        mended=cluster(**PRIVATE),
        production=True,
    ),
    Case(
        rule=exposure.closed_endpoint,
        claim="a cluster that says nothing of its endpoint, which is public then",
        address="aws_eks_cluster.cluster",
        mend="Name your own addresses",
        broken=cluster(endpoint_private_access=True),
        mended=cluster(**PRIVATE),
    ),
    Case(
        rule=exposure.closed_endpoint,
        claim="a public endpoint for the whole internet",
        address="aws_eks_cluster.cluster",
        mend="Name your own addresses",
        broken=cluster(endpoint_public_access=True, public_access_cidrs=[NAMED, "0.0.0.0/0"]),
        mended=cluster(endpoint_public_access=True, public_access_cidrs=[NAMED]),
    ),
    ingress(
        "a rule that lets the world in",
        "aws_vpc_security_group_ingress_rule.api",
        ingress_rule(cidr_ipv4="0.0.0.0/0"),
        ingress_rule(cidr_ipv4="${aws_vpc.vpc.cidr_block}"),
    ),
    ingress(
        "a rule that lets the IPv6 world in",
        "aws_vpc_security_group_ingress_rule.api",
        ingress_rule(cidr_ipv6="::/0"),
        ingress_rule("load-balancer", cidr_ipv6="::/0"),
    ),
    ingress(
        "a rule that lets half the world in",
        "aws_vpc_security_group_ingress_rule.api",
        ingress_rule(cidr_ipv4="128.0.0.0/1"),
        ingress_rule(referenced_security_group_id="${aws_security_group.nodes.id}"),
    ),
    ingress(
        "a group whose own rules let the world in",
        "aws_security_group.api",
        {"aws_security_group": {"api": {"ingress": [{"cidr_blocks": [NAMED, "0.0.0.0/0"]}]}}},
        {"aws_security_group": {"load-balancer": {"ingress": [{"cidr_blocks": ["0.0.0.0/0"]}]}}},
    ),
    ingress(
        "a default group whose own rules let the world in",
        "aws_default_security_group.default",
        {"aws_default_security_group": {"default": {"ingress": [{"ipv6_cidr_blocks": ["::/0"]}]}}},
        {"aws_default_security_group": {"default": {"vpc_id": "${aws_vpc.vpc.id}"}}},
    ),
    ingress(
        "an old-style rule that lets the world in",
        "aws_security_group_rule.api",
        {"aws_security_group_rule": {"api": {"type": "ingress", "cidr_blocks": ["0.0.0.0/0"]}}},
        {"aws_security_group_rule": {"api": {"type": "egress", "cidr_blocks": ["0.0.0.0/0"]}}},
    ),
    Case(
        rule=exposure.closed_buckets,
        claim="a bucket without a public access block",
        address="aws_s3_bucket.logs",
        mend="stacks.bucket.bucket",
        broken={"aws_s3_bucket": {"logs": {"bucket": "tribe-logs"}}},
        mended=bucket(**WAYS),
    ),
    *(
        Case(
            rule=exposure.closed_buckets,
            claim=f"a public access block that leaves {way} off",
            address="aws_s3_bucket_public_access_block.logs",
            mend=f"{way}=True",
            broken=bucket(**{**WAYS, way: False}),
            mended=bucket(**WAYS),
        )
        for way in WAYS
    ),
    Case(
        rule=exposure.private_addresses,
        claim="a subnet that gives public addresses",
        address="aws_subnet.public",
        mend="map_public_ip_on_launch=False",
        broken={"aws_subnet": {"public": {"map_public_ip_on_launch": True}}},
        mended={"aws_subnet": {"public": {"map_public_ip_on_launch": False}}},
    ),
    *(
        Case(
            rule=exposure.guarded_metadata,
            claim=f"nodes with {claim}",
            address="aws_launch_template.nodes",
            mend='http_tokens="required"',
            broken=broken,
            mended=template(http_tokens="required", http_put_response_hop_limit=1),
        )
        for claim, broken in (
            (
                "the old metadata service",
                template(http_tokens="optional", http_put_response_hop_limit=1),
            ),
            ("a hop to the pods", template(http_tokens="required", http_put_response_hop_limit=2)),
            ("no metadata options", {"aws_launch_template": {"nodes": {"name": "nodes"}}}),
        )
    ),
)
