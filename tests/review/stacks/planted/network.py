"""Something can be reached from elsewhere."""

from tests.review.stacks.planted.case import Planted, added, changed, removed
from tests.review.stacks.tiny import BUCKET, VPC, ingress

OF_BUCKET = {"bucket": "${aws_s3_bucket.logs.id}"}
CLOSED = {
    **OF_BUCKET,
    "block_public_acls": True,
    "block_public_policy": True,
    "ignore_public_acls": True,
    "restrict_public_buckets": True,
}
TABLES = {
    "aws_route_table.private": {"vpc_id": "vpc-1"},
    "aws_route_table.public": {"vpc_id": "vpc-1"},
    "aws_route.public": {
        "route_table_id": "${aws_route_table.public.id}",
        "destination_cidr_block": "0.0.0.0/0",
        "gateway_id": "${aws_internet_gateway.way.id}",
    },
}

NETWORK = [
    changed(
        "a security group lets a larger block in",
        "aws_vpc_security_group_ingress_rule.tls", ingress(cidr_ipv4="10.0.0.0/16"),
        ingress(cidr_ipv4="10.0.0.0/8"), "wider-security-group",
    ),
    changed(
        "a security group opens another port",
        "aws_vpc_security_group_ingress_rule.tls", ingress(cidr_ipv4="10.0.0.0/16"),
        ingress(cidr_ipv4="10.0.0.0/16", to_port=8443), "wider-security-group",
    ),
    changed(
        "a security group lets out to the whole IPv6 internet",
        "aws_security_group.nodes", {"egress": [{"protocol": "-1", "cidr_blocks": ["10.0.0.0/8"]}]},
        {"egress": [{"protocol": "-1", "ipv6_cidr_blocks": ["::/0"]}]}, "wider-security-group",
    ),
    added(
        "a new security group lets the world in",
        VPC, "aws_security_group.open",
        {"ingress": [{"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}]},
        "open-to-the-world",
    ),
    changed(
        "a cluster's endpoint becomes public",
        "aws_eks_cluster.cluster",
        {"vpc_config": {"endpoint_public_access": False}},
        {"vpc_config": {"endpoint_public_access": True, "public_access_cidrs": ["192.0.2.0/24"]}},
        "public-endpoint",
    ),
    changed(
        "a private subnet gives public addresses",
        "aws_subnet.private", {"vpc_id": "vpc-1", "map_public_ip_on_launch": False},
        {"vpc_id": "vpc-1", "map_public_ip_on_launch": True}, "public-addresses",
    ),
    added(
        "a private route table leads to the internet",
        TABLES, "aws_route.out",
        {
            "route_table_id": "${aws_route_table.private.id}",
            "destination_cidr_block": "0.0.0.0/0",
            "gateway_id": "${aws_internet_gateway.way.id}",
        },
        "new-route",
    ),
    Planted(
        "a private subnet follows the public routes",
        {**TABLES, "aws_route_table_association.a": {
            "subnet_id": "s", "route_table_id": "${aws_route_table.private.id}"}},
        {**TABLES, "aws_route_table_association.a": {
            "subnet_id": "s", "route_table_id": "${aws_route_table.public.id}"}},
        ("other-routes",),
    ),
    changed(
        "a private NAT gateway becomes public",
        "aws_nat_gateway.nat", {"connectivity_type": "private"}, {"connectivity_type": "public"},
        "stateful-goes", "public-gateway",
    ),
    changed(
        "one way of blocking public access is off",
        "aws_s3_bucket_public_access_block.logs", CLOSED, {**CLOSED, "block_public_policy": False},
        "public-bucket",
    ),
    removed(
        "a bucket's public access block goes",
        BUCKET, "aws_s3_bucket_public_access_block.logs", CLOSED, "public-bucket",
    ),
]  # fmt: skip
