"""The AWS accounts, the environments in them, and what passes between these and the repository."""

from collections.abc import Iterator, Mapping
from typing import Any

from stacks.settings import Environment, Platform
from tools.pages.flowchart import Flowchart
from tools.pages.flows import Stacks

FACTS = "outputs"
ARGO_CD = "gitops"
BOTH_WAYS = "<-->"
# What stands in an account, by the type of resource that shows it.
IN_ACCOUNTS = {
    "aws_s3_bucket": "state bucket",
    "aws_iam_openid_connect_provider": "GitHub's roles",
    "aws_ecr_repository": "image registry",
}


def picture(platform: Platform, stacks: Stacks) -> str:
    """The flowchart. Raises: LookupError, where a stack no longer does what an arrow says."""
    chart = Flowchart()
    for account in platform.accounts:
        stack = f"account-{account.name}"
        with chart.group(f"in {account.name}", f"AWS account {account.name}"):
            chart.node(stack, stack, ", ".join(_made(stacks[stack])))
            for environment in platform.environments_in(account):
                chart.node(
                    environment.name, environment.name, f"cluster {environment.cluster_name}"
                )
    with chart.group("repository", "GitOps repository"):
        for environment in platform.environments:
            chart.node(_folder(environment), _folder(environment))
    for environment in platform.environments:
        count = len(_facts(environment, stacks, registry=platform.registry.id))
        _check_watched(environment, stacks)
        chart.arrow(f"account-{platform.registry.name}", environment.name, "images", line="-.->")
        said = f"{count} facts out, applications in"
        chart.arrow(environment.name, _folder(environment), said, line=BOTH_WAYS)
    return chart.text()


def _folder(environment: Environment) -> str:
    return f"environments/{environment.name}/"


def _facts(environment: Environment, stacks: Stacks, *, registry: str) -> Mapping[str, Any]:
    facts = stacks[f"{environment.name}-{FACTS}"]["output"]
    if not facts["registry"]["value"].startswith(registry):
        raise LookupError(f"{environment.name} pulls from {facts['registry']}, not of {registry}")
    return facts


def _check_watched(environment: Environment, stacks: Stacks) -> None:
    path = f"path: environments/{environment.name}\n"
    if path not in _texts(stacks[f"{environment.name}-{ARGO_CD}"]):
        raise LookupError(f"{environment.name}-{ARGO_CD} makes no application of {path.strip()}")


def _texts(value: Any) -> str:
    """Every text in the value, one after the other."""
    if isinstance(value, dict):
        return "\n".join(map(_texts, value.values()))
    return "\n".join(map(_texts, value)) if isinstance(value, list) else str(value)


def _made(stack: Mapping[str, Any]) -> Iterator[str]:
    resources = stack.get("resource", {})
    yield from (words for kind, words in IN_ACCOUNTS.items() if kind in resources)
