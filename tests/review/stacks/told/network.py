"""What can be reached from where."""

from tests.review.stacks.tiny import VPC, ingress
from tests.review.stacks.told.case import Told, comes, one

NETWORK = (
    one(
        "a rule in the older form lets a larger block in",
        "aws_security_group_rule.tls",
        {"type": "ingress", "protocol": "tcp", "from_port": 443, "to_port": 443,
         "cidr_blocks": ["10.0.0.0/16"]},
        {"type": "ingress", "protocol": "tcp", "from_port": 443, "to_port": 443,
         "cidr_blocks": ["10.0.0.0/8"]},
        "lets in 10.0.0.0/8",
    ),
    one(
        "a group lets in itself",
        "aws_security_group.nodes", {"ingress": []},
        {"ingress": [{"protocol": "-1", "self": True}]},
        "lets in itself",
    ),
    one(
        "a rule lets in another group for a block",
        "aws_vpc_security_group_ingress_rule.tls", ingress(cidr_ipv4="10.0.0.0/16"),
        ingress(referenced_security_group_id="sg-2"),
        "lets in sg-2",
    ),
    comes(
        "a new group lets in what nobody knows yet",
        VPC, "aws_security_group.new",
        {"ingress": [{"protocol": "-1", "cidr_blocks": ["${aws_vpc.vpc.cidr_block}"]}]},
    ),
    Told(
        "a new route table leads to the internet",
        VPC,
        {
            **VPC,
            "aws_route_table.public": {"vpc_id": "${aws_vpc.vpc.id}"},
            "aws_route.public": {
                "route_table_id": "${aws_route_table.public.id}",
                "destination_cidr_block": "0.0.0.0/0",
                "gateway_id": "${aws_internet_gateway.way.id}",
            },
        },
        (),
    ),
)  # fmt: skip
