"""Things without the house's tags."""

from stacks.guardrails.tagging import tagged
from tests.stacks.broken.case import Case, Kinds

TAGS = {"tribe:scope": "dev", "tribe:stack": "network", "tribe:managed-by": "cdktf"}


def provider(**arguments: object) -> Kinds:
    """The providers of a stack that has AWS's."""
    return {"aws": [{"region": "eu-central-1", **arguments}]}


CASES = (
    Case(
        rule=tagged,
        claim="a provider without default tags",
        address="provider.aws[0]",
        mend="EnvironmentStack",
        broken_providers=provider(),
        mended_providers=provider(default_tags=[{"tags": TAGS}]),
    ),
    Case(
        rule=tagged,
        claim="a provider that lacks one tag",
        address="provider.aws[0]",
        mend="EnvironmentStack",
        broken_providers=provider(
            default_tags=[{"tags": {"tribe:scope": "dev", "tribe:stack": "x"}}]
        ),
        mended_providers=provider(default_tags={"tags": TAGS}),
    ),
    Case(
        rule=tagged,
        claim="a second provider without default tags",
        address="provider.aws[1]",
        mend="EnvironmentStack",
        broken_providers={"aws": [{"default_tags": [{"tags": TAGS}]}, {"alias": "us"}]},
        mended_providers={"aws": [{"default_tags": [{"tags": TAGS}]}] * 2},
    ),
)
