"""What an attacker may do who has a role that allows itself everything, under the boundary."""

import pytest

from gates.documents import Document
from stacks.naming import role_arn
from stacks.settings import Environment
from tests.security.asking import May, ask, boundary_of


@pytest.fixture
def bounded(environment: Environment, policies: list[Document]) -> May:
    ceiling = boundary_of(environment, policies)
    return ask((ceiling,), boundary=ceiling)  # such a role's own policy is as wide as the ceiling


@pytest.mark.parametrize(
    "action",
    [
        "account:CloseAccount",
        "iam:AddRoleToInstanceProfile",
        "iam:CreateAccessKey",
        "iam:CreateRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PassRole",
        "iam:SetDefaultPolicyVersion",
        "iam:UpdateAssumeRolePolicy",
        "organizations:LeaveOrganization",
    ],
)
def test_under_the_boundary_nobody_touches_identity(bounded: May, action: str) -> None:
    assert not bounded(action)


def test_under_the_boundary_a_load_balancers_own_role_can_be_made(bounded: May) -> None:
    made = {"iam__AWSServiceName": "elasticloadbalancing.amazonaws.com"}
    assert bounded("iam:CreateServiceLinkedRole", **made)
    assert not bounded("iam:CreateServiceLinkedRole", iam__AWSServiceName="ssm.amazonaws.com")


def test_under_the_boundary_only_the_platforms_roles_can_be_taken(
    bounded: May, environment: Environment
) -> None:
    account_id = environment.account.id
    here = {"aws__ResourceAccount": account_id}
    reader = role_arn(account_id, f"tribe-{environment.name}-secrets-monitoring")
    assert bounded("sts:AssumeRole", reader, tagged=environment.name, **here)
    administrator = role_arn(account_id, "tribe-break-glass")
    assert not bounded("sts:AssumeRole", administrator, **here)
    deployer = role_arn(account_id, f"tribe-{environment.name}-apply")
    assert not bounded("sts:AssumeRole", deployer, tagged="account", **here)
    elsewhere = role_arn("999999999999", "any")
    assert not bounded(
        "sts:AssumeRole", elsewhere, tagged="any", aws__ResourceAccount="999999999999"
    )


def test_under_the_boundary_nobody_reads_states(bounded: May, environment: Environment) -> None:
    bucket = f"arn:aws:s3:::{environment.account.state_bucket}"
    for resource in (bucket, f"{bucket}/tribe/{environment.name}-edge.tfstate"):
        assert not bounded("s3:GetObject", resource)
    assert bounded("s3:GetObject", "arn:aws:s3:::another/object")
