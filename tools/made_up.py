"""Made-up resources that get a provider to say which of their arguments force a new one."""

from collections.abc import Iterator, Mapping
from typing import Any

from rehearsal.schema import ADDRESS

KNOWN_LATER = "${jsondecode(timestamp())}"
"""Of any type, and unknown until the plan is applied."""

QUESTIONS = ("changed", "added", "removed")
"""What happens to every argument at once."""

DEEPEST = 3
"""Optional blocks within blocks that are asked for: a firewall's statements have no end."""

# What a made-up state must hold for the provider to read it and plan from it; None is nothing.
HELD: dict[tuple[str, str], Any] = {
    ("aws_eks_cluster", "enabled"): False,  # of compute, storage and networking, all or none
    ("aws_sns_topic", "fifo_throughput_scope"): None,
    ("aws_cognito_user_pool_client", "prevent_user_existence_errors"): "ENABLED",
    ("aws_s3_bucket_lifecycle_configuration", "transition_default_minimum_object_size"): (
        "varies_by_storage_class"
    ),
}
ARN = "arn:aws:service:eu-central-1:111111111111:thing/x"

# Arguments that the provider refuses beside others; a resource is not made anew for any of them.
UNASKED = {
    ("aws_cloudwatch_metric_alarm", "metric_query"),
    ("aws_sns_topic_subscription", "filter_policy_scope"),
}

# Arguments that stay where all others are left out, and are there before others are added: the
# provider demands one of several.
STAYING = {
    ("aws_acm_certificate", "domain_name"),
    ("aws_autoscaling_group", "launch_configuration"),
    ("aws_flow_log", "vpc_id"),
    ("aws_route", "destination_cidr_block"),
    ("aws_route", "gateway_id"),
    ("aws_route53_record", "records"),
    ("aws_route_table_association", "subnet_id"),
    ("aws_security_group_rule", "self"),
    *(
        (f"aws_vpc_security_group_{direction}_rule", source)
        for direction in ("egress", "ingress")
        for source in ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
    ),
}

Block = Mapping[str, Any]


def asked(block: Block, *, kind: str, question: str, depth: int = 0) -> dict[str, Any]:
    """The arguments of one question: everything, or what cannot be left out."""
    everything = question != "removed"
    arguments: dict[str, Any] = {
        name: KNOWN_LATER
        for name, attribute in block.get("attributes", {}).items()
        if (kind, name) not in UNASKED
        and (
            attribute.get("required")
            or (kind, name) in STAYING
            or (everything and attribute.get("optional"))
        )
        and (depth or name != "id")
    }
    for name, inner in blocks(block, depth=depth):
        if (kind, name) not in UNASKED and (everything or inner.get("min_items")):
            body = asked(inner["block"], kind=kind, question=question, depth=depth + 1)
            arguments[name] = [body] if inner["nesting_mode"] in ("list", "set") else body
    return arguments


def instance(kind: str, question: str, block: Block, *, version: int) -> dict[str, Any]:
    """The state's entry that a question is asked about. version: of the type's schema."""
    return {
        "mode": "managed",
        "type": kind,
        "name": question,
        "provider": f'provider["{ADDRESS}"]',
        "instances": [
            {"schema_version": version, "attributes": _held(block, kind=kind, question=question)}
        ],
    }


def _held(block: Block, *, kind: str, question: str, depth: int = 0) -> dict[str, Any]:
    """What the made-up state holds: all of it, or before something is added the least."""
    everything = question != "added"
    held: dict[str, Any] = {}
    for name, attribute in block.get("attributes", {}).items():
        staying = attribute.get("required") or name in ("id", "arn") or (kind, name) in STAYING
        wanted = everything or staying
        held[name] = HELD.get((kind, name), _value(attribute["type"], name)) if wanted else None
    for name, inner in block.get("block_types", {}).items():
        many = inner["nesting_mode"] in ("list", "set")
        held[name] = [] if many else None
    for name, inner in blocks(block, depth=depth):
        if everything or inner.get("min_items"):
            body = _held(inner["block"], kind=kind, question=question, depth=depth + 1)
            held[name] = [body] if inner["nesting_mode"] in ("list", "set") else body
    return held


def blocks(block: Block, *, depth: int) -> Iterator[tuple[str, Block]]:
    """The blocks of a block that are asked for, by name."""
    for name, inner in block.get("block_types", {}).items():
        if name != "timeouts" and (depth < DEEPEST or inner.get("min_items")):
            yield name, inner


def _value(kind: Any, name: str) -> Any:
    """Some value of a Terraform type."""
    match kind:
        case "number":
            return 1
        case "bool":
            return True
        case str():
            return ARN if name.endswith("arn") else "x"
        case ["list" | "set", inner]:
            return [_value(inner, name)]
        case ["map", inner]:
            return {"x": _value(inner, name)}
        case ["object", fields]:
            return {field: _value(inner, field) for field, inner in fields.items()}
    raise ValueError(f"{name} has a type that Terraform's JSON format does not know: {kind}")
