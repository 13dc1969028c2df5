"""What can be reached from where."""

from collections.abc import Iterator

from review.stacks.change import Change, references
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around
from review.stacks.security_group import Opening, beyond, is_world, openings, within
from review.stacks.values import many

WORLD = "0.0.0.0/0"

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
PUBLIC_ACCESS = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)


def wider_security_group(change: Change, around: Around) -> Iterator[Alarm]:
    """A security group that is there already lets more in or out."""
    after = openings(change.kind, change.after)
    if not after:
        return
    made_new = change.action == "added" and around.made_for_something_new(
        change, "security_group_id"
    )
    if made_new or (change.action == "added" and change.kind.endswith("security_group")):
        return
    before = openings(change.kind, change.before)
    group = (around.after.get(change.address) or change.after or {}).get("security_group_id")
    for address, arguments in around.before.items():
        # Another rule of the same group may have let it through already.
        if group and arguments.get("security_group_id") == group:
            before += openings(address.partition(".")[0], arguments)
    for opening in beyond(before, after):
        yield Alarm(_said(opening))


def open_to_the_world(change: Change, around: Around) -> Iterator[Alarm]:
    """What is new lets the whole internet in."""
    if change.action == "added":
        for opening in openings(change.kind, change.after):
            if opening.direction == "ingress" and is_world(opening.source):
                yield Alarm(_said(opening))


def public_endpoint(change: Change, around: Around) -> Iterator[Alarm]:
    """The Kubernetes API answers more of the internet."""
    if change.kind != "aws_eks_cluster" or change.after is None:
        return
    was = _endpoint(change.old("vpc_config")) if change.before is not None else []
    becomes = _endpoint(change.new("vpc_config"))
    more = [each for each in becomes if not any(within(each, other) for other in was)]
    # A new cluster's own addresses are as they were meant; the world is nobody's own.
    told = more if change.stays else [each for each in more if is_world(each)]
    if told:
        yield Alarm(f"has a public endpoint that answers {', '.join(told)}")


def public_addresses(change: Change, around: Around) -> Iterator[Alarm]:
    """What is started gets an address on the internet."""
    for argument in ("map_public_ip_on_launch", "publicly_accessible"):
        if change.new(argument) is True and change.old(argument) is not True:
            yield Alarm(f"gives public addresses to what is started in it ({argument})")


def new_route(change: Change, around: Around) -> Iterator[Alarm]:
    """A route table that is there already leads straight to the internet."""
    if change.kind != "aws_route" or change.new("gateway_id") is None:
        return
    where = change.new("destination_cidr_block") or change.new("destination_ipv6_cidr_block")
    if not is_world(where) or (change.before is not None and change.old("gateway_id") is not None):
        return
    if change.stays or not around.made_for_something_new(change, "route_table_id"):
        yield Alarm(f"routes {where} to an internet gateway")


def other_routes(change: Change, around: Around) -> Iterator[Alarm]:
    """A subnet follows another route table."""
    if change.kind != "aws_route_table_association" or not change.stays:
        return
    old, new = change.old("route_table_id"), change.new("route_table_id")
    if old != new:
        public = any(
            arguments.get("gateway_id") and arguments.get("route_table_id") in (
                new, around.after.get(change.address, {}).get("route_table_id")
            )
            for address, arguments in around.after.items()
            if address.startswith("aws_route.")
        )  # fmt: skip
        to = ", which leads to the internet" if public else ""
        yield Alarm(f"lets a subnet follow another route table: {old} → {new}{to}")


def public_gateway(change: Change, around: Around) -> Iterator[Alarm]:
    """A private NAT gateway becomes a public one."""
    was, becomes = change.old("connectivity_type"), change.new("connectivity_type")
    if change.stays and was == "private" and becomes != "private":
        yield Alarm("becomes a public NAT gateway")


def public_bucket(change: Change, around: Around) -> Iterator[Alarm]:
    """A bucket can be made public."""
    if change.kind != "aws_s3_bucket_public_access_block":
        return
    if change.action == "removed" and around.outlived(change, "bucket"):
        yield Alarm("goes, and the bucket stays: it can be made public")
    off = [
        way
        for way in PUBLIC_ACCESS
        if change.after is not None
        and change.new(way) is not True
        and (change.before is None or change.old(way) is True)
    ]
    if off:
        yield Alarm(f"leaves {', '.join(off)} off: the bucket can be made public")


def _endpoint(config: object) -> list[str]:
    """The addresses that the public endpoint answers; none where there is no such endpoint."""
    own = config[0] if isinstance(config, list) and config else config
    own = own if isinstance(own, dict) else {}
    if own.get("endpoint_public_access", True) is not True:  # the provider's default
        return []
    return [str(each) for each in many(own.get("public_access_cidrs"))] or [WORLD]


def _said(opening: Opening) -> str:
    way = "lets in" if opening.direction == "ingress" else "lets out to"
    world = ", the whole internet," if is_world(opening.source) else ""
    named = references(opening.source)
    source = named[0] if named else opening.source
    return f"{way} {source}{world} on {opening.ports}"


RULES = (
    wider_security_group,
    open_to_the_world,
    public_endpoint,
    public_addresses,
    new_route,
    other_routes,
    public_gateway,
    public_bucket,
)
