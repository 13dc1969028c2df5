"""GitHub's way in: whose token is taken for which role, and what each role may."""

import re

import pytest

from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.stacks.terraform_json import Arguments, many, only, resources, statements
from tests.synthesis import Stack

ISSUER = "token.actions.githubusercontent.com"
READS = re.compile(r"[a-z0-9-]+:(Describe|Get|List)[A-Za-z]*\*?")
# What reads more than settings: the state, by its own statements.
STATE = {"ReadState": {"s3:GetObject"}, "DecryptState": {"kms:Decrypt"}}
# Actions that give out what is stored.
STORED = ("secretsmanager:GetSecretValue", "s3:GetObject", "ssm:GetParameter", "kms:Decrypt")


@pytest.fixture
def account(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The stack of the environment's account."""
    return synthesized[f"account-{environment.account.name}"]


def trust(account: Stack, role: str) -> Arguments:
    """The one statement of a role's trust policy."""
    [statement] = statements(
        resources(account, "aws_iam_role")[role]["assume_role_policy"]
    ).values()
    return statement


def granted(account: Stack, role: str) -> dict[str, Arguments]:
    """Sid → statement of all policies that are attached to a role."""
    found: dict[str, Arguments] = {}
    for attachment in resources(account, "aws_iam_role_policy_attachment").values():
        if attachment["role"] == f"${{aws_iam_role.{role}.name}}":
            policy = re.fullmatch(r"\$\{aws_iam_policy\.([\w-]+)\.arn\}", attachment["policy_arn"])
            assert policy, attachment["policy_arn"]
            found |= statements(resources(account, "aws_iam_policy")[policy[1]]["policy"])
    assert found, f"{role} has no policy"
    return found


def test_an_account_that_github_comes_into_trusts_it_once(synthesized: dict[str, Stack]) -> None:
    for account in PLATFORM.accounts:
        providers = resources(
            synthesized[f"account-{account.name}"], "aws_iam_openid_connect_provider"
        )
        comes_in = PLATFORM.environments_in(account) or account.holds_images
        assert len(providers) == (1 if comes_in else 0), account.name


def test_the_provider_is_githubs_and_its_tokens_are_for_aws(account: Stack) -> None:
    provider = only(account, "aws_iam_openid_connect_provider")
    assert provider["url"] == f"https://{ISSUER}"
    assert provider["client_id_list"] == ["sts.amazonaws.com"]


@pytest.mark.parametrize("verb", ["plan", "apply"])
def test_a_role_takes_exactly_the_subjects_of_the_settings(
    environment: Environment, account: Stack, verb: str
) -> None:
    statement = trust(account, f"{environment.name}-{verb}")
    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Principal"] == {"Federated": "${aws_iam_openid_connect_provider.github.arn}"}
    # StringEquals and nothing else: no pattern, no ForAllValues, which an absent key would satisfy.
    assert set(statement["Condition"]) == {"StringEquals"}
    equals = statement["Condition"]["StringEquals"]
    assert set(equals) == {f"{ISSUER}:aud", f"{ISSUER}:sub"}
    assert equals[f"{ISSUER}:aud"] == "sts.amazonaws.com"
    subjects = environment.deployer.plan if verb == "plan" else (environment.deployer.apply,)
    assert many(equals[f"{ISSUER}:sub"]) == list(subjects)


def test_a_change_is_approved_in_the_environment_that_it_reaches(
    environment: Environment, account: Stack
) -> None:
    equals = trust(account, f"{environment.name}-apply")["Condition"]["StringEquals"]
    assert equals[f"{ISSUER}:sub"].endswith(f":environment:{environment.name}")


def test_a_plan_writes_nothing(environment: Environment, account: Stack) -> None:
    for sid, statement in granted(account, f"{environment.name}-plan").items():
        if statement["Effect"] == "Allow":
            allowed = set(many(statement["Action"])) - STATE.get(sid, set())
            writes = [action for action in allowed if not READS.fullmatch(action)]
            assert writes == [], sid


def test_a_plan_reads_nothing_that_is_stored_but_its_own_states(
    environment: Environment, account: Stack
) -> None:
    own = f"arn:aws:s3:::{environment.account.state_bucket}/tribe/{environment.name}-*"
    reading = granted(account, f"{environment.name}-plan")
    assert reading["ReadState"]["Resource"] == own
    for sid, statement in reading.items():
        if sid not in STATE:
            patterns = [
                re.escape(action).replace(r"\*", ".*") for action in many(statement["Action"])
            ]
            stored = [act for act in STORED if any(re.fullmatch(each, act) for each in patterns)]
            assert stored == [], sid


def test_a_deployer_writes_its_own_environments_states_alone(
    environment: Environment, account: Stack
) -> None:
    changing = granted(account, f"{environment.name}-apply")
    own = f"arn:aws:s3:::{environment.account.state_bucket}/tribe/{environment.name}-*"
    assert changing["WriteState"]["Resource"] == own
    assert changing["Unlock"]["Action"] == "s3:DeleteObject"
    assert changing["Unlock"]["Resource"] == f"{own}.tflock"


def test_a_deployer_makes_roles_only_under_the_boundary(
    environment: Environment, account: Stack
) -> None:
    changing = granted(account, f"{environment.name}-apply")
    boundary = f"arn:aws:iam::{environment.account.id}:policy/tribe-boundary"
    makers = {
        sid: statement
        for sid, statement in changing.items()
        if statement["Effect"] == "Allow"
        and {"iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"}
        & set(many(statement["Action"]))
    }
    assert makers
    for sid, statement in makers.items():
        equals = statement["Condition"]["StringEquals"]
        assert equals["iam:PermissionsBoundary"] == boundary, sid


def test_a_deployer_cannot_make_itself_stronger(environment: Environment, account: Stack) -> None:
    changing = granted(account, f"{environment.name}-apply")
    account_id = environment.account.id
    denied = {
        resource
        for statement in changing.values()
        if statement["Effect"] == "Deny"
        and any(each.startswith("iam:") for each in many(statement["Action"]))
        for resource in many(statement["Resource"])
    }
    assert f"arn:aws:iam::{account_id}:role/tribe-{environment.name}-apply" in denied
    assert f"arn:aws:iam::{account_id}:role/tribe-{environment.name}-plan" in denied
    assert f"arn:aws:iam::{account_id}:policy/tribe-boundary" in denied


def test_no_deployer_reaches_another_environment_by_name(
    environment: Environment, account: Stack
) -> None:
    others = [other.name for other in PLATFORM.environments if other != environment]
    for sid, statement in granted(account, f"{environment.name}-apply").items():
        named = [
            each
            for each in many(statement.get("Resource", []))
            for other in others
            if f"tribe-{other}" in each
        ]
        assert named == [], sid
