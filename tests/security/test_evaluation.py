"""The evaluation of a request decides as IAM does."""

from typing import Any

import pytest

from gates.evaluation import Request, UnknownOperatorError, allowed
from tests.security.written import policy

KEY = "arn:aws:kms:eu-central-1:222222222222:key/any"


def decides(action: str, *statements: dict[str, Any], **context: str) -> bool:
    keys = {key.replace("__", ":"): value for key, value in context.items()}
    return allowed(Request(action=action, resource=KEY, context=keys), policies=policy(*statements))


def test_a_denial_outweighs_any_allowance() -> None:
    allow, deny = (
        {"Effect": each, "Action": "kms:*", "Resource": "*"} for each in ("Allow", "Deny")
    )
    assert decides("kms:Decrypt", allow)
    assert not decides("kms:Decrypt", allow, deny)
    assert not decides("s3:GetObject", allow)


def test_a_boundary_grants_nothing_and_takes_away() -> None:
    request = Request(action="kms:Decrypt", resource=KEY)
    (all_keys,), (no_keys,) = (
        policy({"Action": each, "Resource": "*"}) for each in ("kms:*", "s3:*")
    )
    assert allowed(request, policies=[all_keys], boundary=all_keys)
    assert not allowed(request, policies=[no_keys], boundary=all_keys)
    assert not allowed(request, policies=[all_keys], boundary=no_keys)


@pytest.mark.parametrize(
    ("operator", "same", "other", "absent"),
    [
        ("StringEquals", True, False, False),
        ("StringEqualsIfExists", True, False, True),
        ("StringNotEquals", False, True, True),
        ("StringNotEqualsIfExists", False, True, True),
        ("StringLike", True, False, False),
        ("ArnNotLike", False, True, True),
    ],
)
def test_conditions_hold_as_iam_says(operator: str, same: bool, other: bool, absent: bool) -> None:
    statement = {"Action": "*", "Resource": "*", "Condition": {operator: {"aws:PrincipalArn": "x"}}}
    assert decides("kms:Decrypt", statement, aws__PrincipalArn="x") is same
    assert decides("kms:Decrypt", statement, aws__PrincipalArn="y") is other
    assert decides("kms:Decrypt", statement) is absent


def test_an_unknown_operator_is_refused() -> None:
    later = {"DateLessThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}
    with pytest.raises(UnknownOperatorError, match="DateLessThan"):
        decides(
            "kms:Decrypt",
            {"Action": "*", "Resource": "*", "Condition": later},
            **{"aws__CurrentTime": "2029-01-01T00:00:00Z"},
        )
