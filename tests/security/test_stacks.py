"""What the stacks set where no scanner looks."""

from gates.arguments import RULES, unsafe_arguments
from gates.buckets import spoken_to_in_clear
from gates.documents import Document
from gates.keys import locked_keys
from gates.synthesis import resources
from stacks.environments import PLATFORM
from tests.synthesis import Stack


def test_no_argument_is_what_it_must_not_be(synthesized: dict[str, Stack]) -> None:
    assert unsafe_arguments(synthesized) == []
    kinds = {rule.kind for rule in RULES}
    found = {address.partition(".")[0] for _, address, _ in resources(synthesized, *kinds)}
    assert {"aws_cognito_user_pool", "aws_eks_cluster", "aws_eks_addon"} <= found


def test_every_bucket_is_spoken_to_by_tls_alone(
    synthesized: dict[str, Stack], policies: list[Document]
) -> None:
    assert spoken_to_in_clear(synthesized, policies) == []
    assert spoken_to_in_clear(synthesized, []), "no policy, and yet nothing is said"


def test_no_key_is_locked(policies: list[Document]) -> None:
    accounts = [account.id for account in PLATFORM.accounts]
    assert locked_keys(policies, accounts=accounts) == []
    assert locked_keys(policies, accounts=[]), "nobody's root is any key's"
