"""Which stacks appear in a rehearsal."""

from rehearsal.stack import Stack, appearing

AWS = {"aws": {"source": "aws", "version": "6.25.0"}}
HELM = {"helm": {"source": "helm", "version": "3.0.0"}}


def stack(name: str, *, required: dict | None = None) -> Stack:
    providers = required or AWS
    return Stack(
        name=name,
        dependencies=(),
        document={"terraform": {"required_providers": providers}},
    )


STACKS = {
    each.name: each
    for each in (
        stack("account-nonprod"),
        stack("account-prod"),
        stack("dev-network"),
        stack("dev-gitops", required={**AWS, **HELM}),
        stack("devtools-network"),
        stack("prod-network"),
    )
}


def test_an_environment_appears_with_its_accounts_and_nothing_else() -> None:
    shown = appearing(STACKS, environment="dev", accounts={"nonprod"})
    assert [each.name for each in shown] == ["account-nonprod", "dev-network"]


def test_a_stack_knows_the_provider_version_it_pins() -> None:
    assert STACKS["dev-gitops"].pinned_version == "6.25.0"
