"""The platform's own policies, held against AWS's reference and IAM's limits."""

import pytest

from gates import actions, managed, needs, sizes
from gates.documents import Document, unreadable
from gates.principals import foreign_principals, loose_trusts, vacuous_conditions
from gates.roles import Role
from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.synthesis import Stack


def test_every_policy_can_be_read(synthesized: dict[str, Stack], policies: list[Document]) -> None:
    assert list(unreadable(synthesized)) == []
    assert {each.kind for each in policies} == {"identity", "trust", "resource"}


def test_every_action_exists(policies: list[Document]) -> None:
    assert actions.unknown_actions(policies) == []


def test_every_condition_key_is_one_that_its_actions_carry(policies: list[Document]) -> None:
    assert actions.strange_conditions(policies) == []


def test_every_action_acts_on_the_resources_of_its_statement(policies: list[Document]) -> None:
    assert actions.aimless_actions(policies) == []


def test_every_role_has_all_the_resources_that_its_actions_need(every_role: list[Role]) -> None:
    lacking = [each for role in every_role for each in actions.incomplete_actions(role.policies)]
    assert lacking == []


def test_no_policy_is_longer_than_aws_takes(
    policies: list[Document], every_role: list[Role]
) -> None:
    assert sizes.too_long(policies, every_role) == []


@pytest.mark.parametrize(("role", "verbs"), [("plan", ["read"]), ("apply", ["read", "change"])])
def test_the_deployers_may_do_what_their_stacks_are_made_of(
    role: str,
    verbs: list[str],
    environment: Environment,
    synthesized: dict[str, Stack],
    every_role: list[Role],
) -> None:
    kinds = {
        kind
        for name, stack in synthesized.items()
        if name.startswith(f"{environment.name}-")
        for kind in stack.get("resource", {})
        if kind.startswith("aws_")
    }
    address = f"aws_iam_role.{environment.name}-{role}"
    (deployer,) = [each for each in every_role if each.address == address]
    assert len(kinds) > 20
    assert needs.lacking(deployer, kinds=kinds, verbs=verbs) == []


def test_nobody_outside_of_the_platforms_accounts_is_allowed_anything(
    policies: list[Document],
) -> None:
    accounts = {account.id for account in PLATFORM.accounts}
    assert foreign_principals(policies, accounts=accounts) == []
    assert foreign_principals(policies, accounts=()), "no account is named: nothing was looked at"


def test_every_policy_of_awss_own_is_there_for_a_reason(every_role: list[Role]) -> None:
    assert managed.unexplained_managed(every_role) == []
    assert len(managed.unexplained_managed(every_role, known={})) > 10


def test_every_way_into_a_role_is_as_narrow_as_it_looks(policies: list[Document]) -> None:
    assert loose_trusts(policies) == []


def test_no_condition_holds_for_want_of_its_key(policies: list[Document]) -> None:
    assert vacuous_conditions(policies) == []


def test_every_policy_is_borne_by_a_role_or_bounds_it(
    synthesized: dict[str, Stack], policies: list[Document], every_role: list[Role]
) -> None:
    borne = {(each.stack, each.address) for role in every_role for each in role.policies}
    ceilings = {str(role.boundary).rpartition("/")[2] for role in every_role if role.boundary}
    idle = [
        f"{each.stack} {each.address}"
        for each in policies
        if each.kind == "identity"
        and (each.stack, each.address) not in borne
        and _name(synthesized, each) not in ceilings
    ]
    assert idle == []


def _name(synthesized: dict[str, Stack], policy: Document) -> str:
    kind, _, name = policy.address.partition(".")
    return synthesized[policy.stack]["resource"][kind][name]["name"]
