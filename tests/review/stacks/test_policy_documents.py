"""Terraform's policy documents, as the policies that they make."""

from typing import Any

import pytest

from review.stacks.policy_document import resolved

REFERENCE = "${data.aws_iam_policy_document.read.json}"


def made(**document: Any) -> Any:
    """What a reference to this document stands for."""
    return resolved({"policy": REFERENCE}, {"read": document})["policy"]


def test_a_statement_has_iams_own_names() -> None:
    assert made(statement=[{"sid": "Read", "actions": ["s3:GetObject"], "resources": ["*"]}]) == {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Sid": "Read", "Action": ["s3:GetObject"], "Resource": ["*"]}
        ],
    }


def test_conditions_are_sorted_by_operator_and_key() -> None:
    conditions = [
        {"test": "StringEquals", "variable": "aws:SourceAccount", "values": ["1"]},
        {"test": "StringEquals", "variable": "aws:PrincipalTag/team", "values": ["shop"]},
        {"test": "Bool", "variable": "aws:SecureTransport", "values": ["true"]},
    ]
    [statement] = made(statement={"actions": ["s3:*"], "condition": conditions})["Statement"]
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ["1"], "aws:PrincipalTag/team": ["shop"]},
        "Bool": {"aws:SecureTransport": ["true"]},
    }


@pytest.mark.parametrize(
    ("argument", "name"), [("principals", "Principal"), ("not_principals", "NotPrincipal")]
)
def test_principals_of_one_kind_stand_together(argument: str, name: str) -> None:
    who = [
        {"type": "AWS", "identifiers": ["111111111111"]},
        {"type": "Service", "identifiers": "ec2.amazonaws.com"},
        {"type": "AWS", "identifiers": ["222222222222"]},
    ]
    [statement] = made(statement={"actions": ["sts:AssumeRole"], argument: who})["Statement"]
    assert statement[name] == {
        "AWS": ["111111111111", "222222222222"],
        "Service": ["ec2.amazonaws.com"],
    }


def test_everyone_is_written_as_iam_does() -> None:
    who = [{"type": "*", "identifiers": ["*"]}]
    [statement] = made(statement={"actions": ["s3:GetObject"], "principals": who})["Statement"]
    assert statement["Principal"] == "*"


@pytest.mark.parametrize("argument", ["source_policy_documents", "override_json"])
def test_one_that_builds_on_others_stays_a_reference(argument: str) -> None:
    assert made(statement=[], **{argument: ["${data.x.y}"]}) == REFERENCE


def test_another_documents_reference_stays_as_it_is() -> None:
    assert resolved([REFERENCE], {"write": {"statement": []}}) == [REFERENCE]
