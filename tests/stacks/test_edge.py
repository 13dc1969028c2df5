"""The edge as it is synthesized: zone, certificate, firewall, login of the monitoring host."""

import pytest

from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, only, resources
from tests.synthesis import Stack

# Rule groups that AWS keeps, in the order in which they look.
MANAGED = [
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
    "AWSManagedRulesCommonRuleSet",
]


@pytest.fixture
def edge(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The edge stack of the environment."""
    return synthesized[f"{environment.name}-edge"]


def rules(edge: Stack) -> list[Arguments]:
    """The firewall's rules, in the order in which they look."""
    return sorted(only(edge, "aws_wafv2_web_acl")["rule"], key=lambda rule: rule["priority"])


def test_the_zone_is_made_or_looked_up_as_the_settings_say(
    environment: Environment, edge: Stack
) -> None:
    made = {zone["name"] for zone in resources(edge, "aws_route53_zone").values()}
    looked_up = {zone["name"] for zone in edge.get("data", {}).get("aws_route53_zone", {}).values()}
    found = {"made": made, "looked-up": looked_up}
    assert found.pop(environment.domain.zone_is) == {environment.domain.zone}
    assert list(found.values()) == [set()]


def test_the_certificate_covers_the_domain_and_its_subdomains(
    environment: Environment, edge: Stack
) -> None:
    certificate = only(edge, "aws_acm_certificate")
    assert certificate["domain_name"] == environment.domain.name
    assert certificate["subject_alternative_names"] == [f"*.{environment.domain.name}"]
    assert certificate["validation_method"] == "DNS"
    assert certificate["lifecycle"]["create_before_destroy"] is True


def test_the_certificate_is_proven_in_the_zone_before_it_is_used(edge: Stack) -> None:
    proof, validation = (
        only(edge, "aws_route53_record"),
        only(edge, "aws_acm_certificate_validation"),
    )
    assert "route53_zone.zone.zone_id" in proof["zone_id"]
    assert proof["allow_overwrite"] is True  # the domain and its wildcard share one record
    assert validation["certificate_arn"] == "${aws_acm_certificate.certificate.arn}"
    assert validation["validation_record_fqdns"] == ["${aws_route53_record.certificate-proof.fqdn}"]
    leaving = [
        output["value"] for output in edge["output"].values() if "acm" in str(output["value"])
    ]
    assert leaving == ["${aws_acm_certificate_validation.certificate-validation.certificate_arn}"]


def test_the_firewall_counts_an_addresses_requests_first(
    environment: Environment, edge: Stack
) -> None:
    first = rules(edge)[0]
    assert first["action"] == {"block": {}}
    assert first["statement"]["rate_based_statement"] == {
        "limit": environment.domain.requests_per_five_minutes,
        "evaluation_window_sec": 300,
        "aggregate_key_type": "IP",
    }


def test_the_firewall_then_asks_awss_own_rules_and_lets_them_block(edge: Stack) -> None:
    groups = [rule["statement"]["managed_rule_group_statement"] for rule in rules(edge)[1:]]
    assert [group["name"] for group in groups] == MANAGED
    assert {group["vendor_name"] for group in groups} == {"AWS"}
    assert all(rule["override_action"] == {"none": {}} for rule in rules(edge)[1:])


def test_only_the_size_of_a_body_is_counted_instead_of_blocked(edge: Stack) -> None:
    overrides = {
        group["name"]: [override["name"] for override in group.get("rule_action_override", [])]
        for group in (rule["statement"]["managed_rule_group_statement"] for rule in rules(edge)[1:])
    }
    assert overrides.pop("AWSManagedRulesCommonRuleSet") == ["SizeRestrictions_BODY"]
    assert not any(overrides.values()), overrides


def test_no_two_rules_of_the_firewall_have_one_priority(edge: Stack) -> None:
    priorities = [rule["priority"] for rule in rules(edge)]
    assert len(set(priorities)) == len(priorities)


def test_the_firewall_is_for_load_balancers_and_is_seen(edge: Stack) -> None:
    acl = only(edge, "aws_wafv2_web_acl")
    assert acl["scope"] == "REGIONAL"
    assert acl["default_action"] == {"allow": {}}
    for seen in (acl["visibility_config"], *(rule["visibility_config"] for rule in acl["rule"])):
        assert seen["cloudwatch_metrics_enabled"] is True
        assert seen["sampled_requests_enabled"] is True


def test_the_firewall_logs_without_credentials(environment: Environment, edge: Stack) -> None:
    logging, group = (
        only(edge, "aws_wafv2_web_acl_logging_configuration"),
        only(edge, "aws_cloudwatch_log_group"),
    )
    assert (
        group["name"] == f"aws-waf-logs-tribe-{environment.name}"
    )  # WAF writes to no other prefix
    assert group["retention_in_days"] > 0
    assert logging["log_destination_configs"] == [
        "${aws_cloudwatch_log_group.web-acl-log-group.arn}"
    ]
    hidden = {field["single_header"]["name"] for field in logging["redacted_fields"]}
    assert hidden == {"authorization", "cookie"}


def test_the_firewall_is_bound_by_the_ingress_classes_alone(edge: Stack) -> None:
    # Two owners of one association undo each other's work.
    assert resources(edge, "aws_wafv2_web_acl_association") == {}


def test_people_are_invited_and_bring_a_second_factor(edge: Stack) -> None:
    pool = only(edge, "aws_cognito_user_pool")
    assert pool["admin_create_user_config"]["allow_admin_create_user_only"] is True
    assert pool["mfa_configuration"] == "ON"
    assert pool["software_token_mfa_configuration"] == {"enabled": True}
    assert pool["password_policy"]["minimum_length"] >= 14


def test_prods_people_cannot_be_deleted_by_mistake(synthesized: dict[str, Stack]) -> None:
    pool = only(synthesized["prod-edge"], "aws_cognito_user_pool")
    assert pool["deletion_protection"] == "ACTIVE"
    assert pool["lifecycle"]["prevent_destroy"] is True


def test_the_load_balancer_signs_people_in_by_the_code_flow_alone(
    environment: Environment, edge: Stack
) -> None:
    client = only(edge, "aws_cognito_user_pool_client")
    host = f"https://monitoring.{environment.domain.name}"
    assert client["allowed_oauth_flows"] == ["code"]
    assert client["callback_urls"] == [f"{host}/oauth2/idpresponse"]
    assert client["generate_secret"] is True
    assert client["prevent_user_existence_errors"] == "ENABLED"


def test_the_login_page_has_an_address_of_its_own(environment: Environment, edge: Stack) -> None:
    domain = only(edge, "aws_cognito_user_pool_domain")
    assert domain["domain"] == f"tribe-{environment.name}-monitoring-{environment.account.id}"


def test_the_groups_that_grafana_takes_roles_from_exist(edge: Stack) -> None:
    groups = {group["name"] for group in edge["resource"]["aws_cognito_user_group"].values()}
    assert groups == {"platform", "developers", "viewers"}
