"""WAF: what is refused at the load balancers before a pod sees it."""

from typing import Any

from cdktf_cdktf_provider_aws.wafv2_web_acl import Wafv2WebAcl, Wafv2WebAclRule
from cdktf_cdktf_provider_aws.wafv2_web_acl_logging_configuration import (
    Wafv2WebAclLoggingConfiguration,
    Wafv2WebAclLoggingConfigurationRedactedFields,
)

from stacks.logs import log_group
from stacks.stack import EnvironmentStack
from stacks.waivers import waive

WAF_LOG_DAYS = 90

# Groups of rules that AWS keeps, cheapest first: what the first refuses costs the others nothing
# (https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html).
MANAGED_RULES = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
    "AWSManagedRulesCommonRuleSet",
)
# Counted, not blocked: bodies over 8 KB are everyday for an API.
COUNTED = {"AWSManagedRulesCommonRuleSet": ("SizeRestrictions_BODY",)}


def firewall(stack: EnvironmentStack, *, log_key: str) -> Wafv2WebAcl:
    """The ACL for all hosts. The ingress classes attach it; its logs hide credentials."""
    limit = stack.environment.domain.requests_per_five_minutes
    acl = Wafv2WebAcl(
        stack,
        "web-acl",
        name=stack.named(),
        description=f"All hosts of {stack.environment.domain.name}",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config=_seen_as(stack.named()),
        rule=[
            _rate_limit(limit),
            *(_managed(n, group) for n, group in enumerate(MANAGED_RULES, start=1)),
        ],
    )
    logs = log_group(
        stack,
        "web-acl-log-group",
        name=f"aws-waf-logs-{stack.named()}",  # WAF writes to no other name
        key_arn=log_key,
        retention_days=WAF_LOG_DAYS,
    )
    waive(
        logs,
        "CKV_AWS_338",
        why="It holds visitors' addresses: kept for a search after an incident, and no longer.",
    )
    Wafv2WebAclLoggingConfiguration(
        stack,
        "web-acl-logging",
        resource_arn=acl.arn,
        log_destination_configs=[logs.arn],
        redacted_fields=[
            Wafv2WebAclLoggingConfigurationRedactedFields(single_header={"name": header})
            for header in ("authorization", "cookie")
        ],
    )
    return acl


def _rate_limit(requests: int) -> Wafv2WebAclRule:
    return Wafv2WebAclRule(
        name="rate-limit",
        priority=0,
        action={"block": {}},
        statement={
            "rate_based_statement": {
                "limit": requests,
                "evaluation_window_sec": 300,
                "aggregate_key_type": "IP",
            }
        },
        visibility_config=_seen_as("rate-limit"),
    )


def _managed(priority: int, group: str) -> Wafv2WebAclRule:
    counted = [{"name": name, "action_to_use": {"count": {}}} for name in COUNTED.get(group, ())]
    statement: dict[str, Any] = {"name": group, "vendor_name": "AWS"}
    if counted:
        statement["rule_action_override"] = counted
    return Wafv2WebAclRule(
        name=group,
        priority=priority,
        override_action={"none": {}},
        statement={"managed_rule_group_statement": statement},
        visibility_config=_seen_as(group),
    )


def _seen_as(metric: str) -> dict[str, Any]:
    return {
        "metric_name": metric,
        "cloudwatch_metrics_enabled": True,
        "sampled_requests_enabled": True,
    }
