"""The firewall lets more through."""

from typing import Any

from tests.review.stacks.planted.case import changed, removed


def firewall(*rules: Any, default: str = "allow") -> dict[str, Any]:
    return {"name": "tribe", "rule": list(rules), "default_action": {default: {}}}


def rate(action: str = "block", limit: int = 2000) -> dict[str, Any]:
    statement = {"rate_based_statement": {"limit": limit}}
    return {"name": "rate", "priority": 0, "action": {action: {}}, "statement": statement}


def managed(override: str = "none", *counted: str) -> dict[str, Any]:
    group: dict[str, Any] = {"name": "Common", "vendor_name": "AWS"}
    if counted:
        group["rule_action_override"] = [
            {"name": name, "action_to_use": {"count": {}}} for name in counted
        ]
    statement = {"managed_rule_group_statement": group}
    return {"name": "common", "override_action": {override: {}}, "statement": statement}


FIREWALL = [
    changed(
        "a firewall loses a rule",
        "aws_wafv2_web_acl.acl", firewall(rate(), managed()), firewall(managed()),
        "firewall-rule-gone",
    ),
    changed(
        "a firewall's rule only counts",
        "aws_wafv2_web_acl.acl", firewall(rate()), firewall(rate("count")), "firewall-rule-gone",
    ),
    changed(
        "a group of rules only counts",
        "aws_wafv2_web_acl.acl", firewall(managed()), firewall(managed("count")),
        "firewall-rule-gone",
    ),
    changed(
        "one rule of a group only counts",
        "aws_wafv2_web_acl.acl", firewall(managed()), firewall(managed("none", "NoUserAgent")),
        "firewall-rule-gone",
    ),
    changed(
        "one address may ask more often",
        "aws_wafv2_web_acl.acl", firewall(rate()), firewall(rate(limit=20_000)), "firewall-rate",
    ),
    changed(
        "what no rule knows is let through",
        "aws_wafv2_web_acl.acl", firewall(default="block"), firewall(), "firewall-default",
    ),
    removed(
        "the firewall no longer stands before a load balancer",
        {}, "aws_wafv2_web_acl_association.a", {"resource_arn": "arn:lb"}, "firewall-away",
    ),
]  # fmt: skip
