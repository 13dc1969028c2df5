"""What an attacker may do who has taken over a pipeline."""

import pytest
from policy_sentry.querying.actions import get_action_data

from gates.authorization import matching
from gates.roles import Role
from stacks.naming import boundary_arn, role_arn
from stacks.settings import Environment
from tests.security.asking import May, a_secret, ask, role_of


@pytest.fixture
def may(environment: Environment, every_role: list[Role]):
    """Asks for a deployer, by its verb. No deployer bears the boundary."""

    def asked(verb: str, *what: str, **context: str) -> bool:
        role = role_of(environment, f"{environment.name}-{verb}", every_role)
        return ask(role.policies, boundary=None)(*what, **context)

    return asked


def test_the_plan_role_only_reads(environment: Environment, every_role: list[Role]) -> None:
    plan = role_of(environment, f"{environment.name}-plan", every_role)
    levels = {
        action: _level(action)
        for policy in plan.policies
        for statement in policy.statements
        for pattern in statement.actions
        for action in matching(pattern)
    }
    assert len(levels) > 100
    others = {action for action, level in levels.items() if level not in ("List", "Read")}
    assert others == {"kms:decrypt"}  # AWS counts it as writing; here it reads the state


@pytest.mark.parametrize(
    "action",
    ["s3:GetObject", "secretsmanager:GetSecretValue", "sqs:ReceiveMessage", "logs:GetLogEvents"],
)
def test_the_plan_role_reads_nothing_that_is_stored(
    may: May, environment: Environment, action: str
) -> None:
    assert not may("plan", action, _own(environment, action))


def test_the_plan_role_finds_its_own_buckets(may: May, environment: Environment) -> None:
    account_id = environment.account.id
    bucket = f"arn:aws:s3:::tribe-{environment.name}-loki-chunks-{account_id}"
    assert may("plan", "s3:ListBucket", bucket)
    assert not may("plan", "s3:ListBucket", "arn:aws:s3:::another")


def test_a_deployer_reads_no_secret(may: May, environment: Environment) -> None:
    secret = _own(environment, "secretsmanager:GetSecretValue")
    assert not may("apply", "secretsmanager:GetSecretValue", secret)
    assert may("apply", "secretsmanager:CreateSecret", secret)


def test_a_deployer_makes_roles_only_with_the_boundary(may: May, environment: Environment) -> None:
    deployer, account_id = "apply", environment.account.id
    role = role_arn(account_id, f"tribe-{environment.name}-any")
    ceiling = {"iam__PermissionsBoundary": boundary_arn(account_id)}
    for action in ("iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"):
        assert may(deployer, action, role, **ceiling)
        assert not may(deployer, action, role)
        assert not may(deployer, action, role, iam__PermissionsBoundary="arn:aws:iam::1:policy/any")
    assert not may(deployer, "iam:DeleteRolePermissionsBoundary", role, **ceiling)


@pytest.mark.parametrize(
    "action",
    [
        "iam:AttachRolePolicy",
        "iam:DeleteRole",
        "iam:PassRole",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UpdateAssumeRolePolicy",
    ],
)
def test_a_deployer_cannot_change_or_pass_a_deployer(
    may: May, environment: Environment, action: str
) -> None:
    ceiling = {"iam__PermissionsBoundary": boundary_arn(environment.account.id)}
    for name in ("dev", "staging", "prod"):
        for verb in ("plan", "apply"):
            role = role_arn(environment.account.id, f"tribe-{name}-{verb}")
            assert not may("apply", action, role, **ceiling)


def test_a_deployer_cannot_change_the_boundary(may: May, environment: Environment) -> None:
    ceiling = boundary_arn(environment.account.id)
    for action in ("iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:DeletePolicy"):
        assert not may("apply", action, ceiling)


def test_a_deployer_leaves_what_is_anothers(may: May, environment: Environment) -> None:
    deployer = "apply"
    here = {"aws__RequestedRegion": environment.region}
    place = f"{environment.region}:{environment.account.id}"
    key, vpc = f"arn:aws:kms:{place}:key/any", f"arn:aws:ec2:{place}:vpc/any"
    for action, resource in (
        ("kms:PutKeyPolicy", key),
        ("kms:ScheduleKeyDeletion", key),
        ("ec2:DeleteVpc", vpc),
        ("ec2:CreateTags", vpc),
    ):
        assert may(deployer, action, resource, tagged=environment.name, **here)
        assert not may(deployer, action, resource, tagged="another", **here)


def test_a_deployer_cannot_make_a_key_its_own_by_tagging_it(
    may: May, environment: Environment
) -> None:
    key = f"arn:aws:kms:{environment.region}:{environment.account.id}:key/any"
    deployer, own = "apply", environment.name
    assert may(deployer, "kms:TagResource", key, asked=own)  # a new one
    assert not may(deployer, "kms:TagResource", key, asked=own, tagged="another")
    assert not may(deployer, "kms:TagResource", key, asked="another")


def test_a_deployer_writes_only_its_own_environments_states(
    may: May, environment: Environment
) -> None:
    states = f"arn:aws:s3:::{environment.account.state_bucket}/tribe"
    deployer = "apply"
    assert may(deployer, "s3:PutObject", f"{states}/{environment.name}-network.tfstate")
    for other in ("other-network.tfstate", "account-prod.tfstate"):
        assert not may(deployer, "s3:PutObject", f"{states}/{other}")
        assert not may(deployer, "s3:GetObject", f"{states}/{other}")
    assert not may(deployer, "s3:DeleteObject", f"{states}/{environment.name}-network.tfstate")


def test_a_deployer_cannot_change_a_machines_start_script(
    may: May, environment: Environment
) -> None:
    for action in ("ec2:ModifyInstanceAttribute", "ec2:GetPasswordData", "ssm:SendCommand"):
        assert not may("apply", action, aws__RequestedRegion=environment.region)


def _level(action: str) -> str:
    service, _, name = action.partition(":")
    return get_action_data(service, name)[service][0]["access_level"]


def _own(environment: Environment, action: str) -> str:
    """A resource of the environment that the action reads."""
    place, own = f"{environment.region}:{environment.account.id}", f"tribe-{environment.name}"
    return {
        "s3:GetObject": f"arn:aws:s3:::{own}-loki-chunks-{environment.account.id}/chunk",
        "secretsmanager:GetSecretValue": a_secret(environment, "monitoring"),
        "sqs:ReceiveMessage": f"arn:aws:sqs:{place}:{own}-notifications",
        "logs:GetLogEvents": f"arn:aws:logs:{place}:log-group:/aws/eks/{own}/cluster",
    }[action]
