"""States: one for each stack, locked, encrypted, in the account of what they describe."""

from collections import Counter

from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.synthesis import Stack

BUCKETS = {account.id: account.state_bucket for account in PLATFORM.accounts}


def test_every_stack_has_a_state_of_its_own(synthesized: dict[str, Stack]) -> None:
    places = Counter(
        (backend["bucket"], backend["key"])
        for backend in (stack["terraform"]["backend"]["s3"] for stack in synthesized.values())
    )
    assert len(places) == len(synthesized)
    assert {place for place, count in places.items() if count > 1} == set()


def test_a_state_is_named_after_its_stack(synthesized: dict[str, Stack]) -> None:
    keys = {name: stack["terraform"]["backend"]["s3"]["key"] for name, stack in synthesized.items()}
    assert keys == {name: f"tribe/{name}.tfstate" for name in synthesized}


def test_every_state_is_locked_and_encrypted(synthesized: dict[str, Stack]) -> None:
    for name, stack in synthesized.items():
        backend = stack["terraform"]["backend"]["s3"]
        assert backend["use_lockfile"] is True, name
        assert backend["encrypt"] is True, name


def test_a_state_lies_in_the_account_of_what_it_describes(synthesized: dict[str, Stack]) -> None:
    for name, stack in synthesized.items():
        backend = stack["terraform"]["backend"]["s3"]
        [provider] = stack["provider"]["aws"]
        assert backend["allowed_account_ids"] == provider["allowed_account_ids"], name
        assert backend["bucket"] == BUCKETS[provider["allowed_account_ids"][0]], name


def test_every_stack_can_reach_its_own_account_alone(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    for name, stack in synthesized.items():
        if name.startswith(f"{environment.name}-"):
            [provider] = stack["provider"]["aws"]
            assert provider["allowed_account_ids"] == [environment.account.id], name
            assert provider["region"] == environment.region, name


def test_no_environment_reads_anothers_state(
    environment: Environment, synthesized: dict[str, Stack]
) -> None:
    for name, stack in synthesized.items():
        if name.startswith(f"{environment.name}-"):
            for state in stack.get("data", {}).get("terraform_remote_state", {}).values():
                assert state["config"]["key"].startswith(f"tribe/{environment.name}-"), name
                assert state["config"]["bucket"] == environment.account.state_bucket, name


def test_the_accounts_ground_reads_no_state(synthesized: dict[str, Stack]) -> None:
    for account in PLATFORM.accounts:
        assert "data" not in synthesized[f"account-{account.name}"], account.name


def test_everything_bears_the_houses_tags(synthesized: dict[str, Stack]) -> None:
    for name, stack in synthesized.items():
        scope, _, noun = name.partition("-")
        [provider] = stack["provider"]["aws"]
        [default] = provider["default_tags"]
        assert default["tags"] == {
            "tribe:scope": scope,
            "tribe:stack": noun,
            "tribe:managed-by": "cdktf",
        }, name
