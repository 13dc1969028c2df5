"""IAM documents: a wildcard says why, and what is written is what IAM and Terraform read."""

import json

import pytest

from stacks.policy import Statement, UnexplainedWildcardError, document, trust

READ = Statement(sid="Read", actions=["s3:GetObject"], resources=["arn:aws:s3:::tribe-logs/*"])


@pytest.mark.parametrize(
    ("reach", "wildcard"),
    [
        pytest.param({"actions": ["*"]}, "*", id="every action"),
        pytest.param({"actions": ["s3:GetObject", "s3:*"]}, "s3:*", id="a service's every action"),
        pytest.param({"resources": ["*"]}, "*", id="every resource"),
        pytest.param({"principals": {"AWS": "*"}}, "*", id="everyone"),
        pytest.param(
            {"principals": {"AWS": ["arn:aws:iam::1:root", "*"]}}, "*", id="everyone among others"
        ),
    ],
)
def test_a_wildcard_without_a_reason_is_refused(reach: dict[str, object], wildcard: str) -> None:
    parts = {"sid": "Wide", "actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b"], **reach}
    with pytest.raises(UnexplainedWildcardError) as caught:
        Statement(**parts)  # ty: ignore[invalid-argument-type]
    assert str(caught.value).startswith("Wide: allows ")
    assert wildcard in str(caught.value)
    assert "`why`" in str(caught.value)
    assert Statement(**parts, why="AWS has no narrower one").why  # ty: ignore[invalid-argument-type]


def test_a_denial_needs_no_reason() -> None:
    denied = Statement(
        sid="No", effect="Deny", actions=["*"], resources=["*"], principals={"AWS": "*"}
    )
    assert denied.as_json()["Effect"] == "Deny"


def test_a_reason_stays_in_python() -> None:
    wide = Statement(sid="See", actions=["ec2:DescribeVpcs"], resources=["*"], why="it lists")
    assert "it lists" not in document([wide])


def test_a_statement_says_only_what_it_was_given() -> None:
    assert READ.as_json() == {
        "Sid": "Read",
        "Effect": "Allow",
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::tribe-logs/*",
    }


def test_lists_keep_their_order_so_that_plans_stay_quiet() -> None:
    actions = ["sqs:SendMessage", "sqs:DeleteMessage"]
    statement = Statement(sid="Queue", actions=actions, resources=["arn:aws:sqs:::q"])
    assert statement.as_json()["Action"] == actions


def test_conditions_and_principals_are_written_as_iam_reads_them() -> None:
    statement = Statement(
        sid="Take",
        actions=["sts:AssumeRole"],
        principals={"Service": ["ec2.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": ["222222222222"]}},
    ).as_json()
    assert statement["Principal"] == {"Service": "ec2.amazonaws.com"}
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "222222222222"}}


def test_a_document_is_compact_json_of_the_current_language() -> None:
    text = document([READ])
    assert json.loads(text)["Version"] == "2012-10-17"
    assert " " not in text


def test_iams_own_variables_are_escaped_and_terraforms_are_not() -> None:
    own = "arn:aws:s3:::home/${aws:PrincipalTag/team}"
    token = "${aws_s3_bucket.home.arn}"
    text = document([Statement(sid="Home", actions=["s3:GetObject"], resources=[own, token])])
    assert json.loads(text)["Statement"][0]["Resource"] == [own.replace("${", "$${"), token]


def test_a_services_trust_is_held_to_the_account() -> None:
    statement = json.loads(trust("vpc-flow-logs.amazonaws.com", account_id="222222222222"))[
        "Statement"
    ][0]
    assert statement["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert statement["Action"] == "sts:AssumeRole"
    assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "222222222222"}}


def test_a_services_trust_without_an_account_has_no_condition() -> None:
    assert "Condition" not in json.loads(trust("ec2.amazonaws.com"))["Statement"][0]
