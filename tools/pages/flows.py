"""What stacks give each other, read from what was synthesized."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

Stacks = Mapping[str, Mapping[str, Any]]

# How CDKTF names what one stack takes from another.
TAKEN = re.compile(
    r"data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)"
)
GIVEN = re.compile(r"\$\{(?P<kind>\w+)\.(?P<name>[\w-]+)\.(?P<attribute>\w+).*\}")
# What people call an attribute that crosses from stack to stack. {name}: the resource's own;
# {first}: its name up to the first dash, for what there is one of in each zone.
WORDS = {
    "aws_acm_certificate_validation.certificate_arn": "certificate",
    "aws_cognito_user_pool.arn": "user pool",
    "aws_cognito_user_pool.id": "user pool",
    "aws_cognito_user_pool_client.id": "user pool client",
    "aws_eks_cluster.certificate_authority": "CA",
    "aws_eks_cluster.endpoint": "endpoint",
    "aws_eks_cluster.identity": "OIDC issuer",
    "aws_eks_cluster.name": "name",
    "aws_kms_key.arn": "key {name}",
    "aws_route53_zone.arn": "DNS zone",
    "aws_security_group.id": "API's security group",
    "aws_subnet.id": "{first} subnets",
    "aws_vpc.id": "VPC",
    "aws_wafv2_web_acl.arn": "firewall",
}


class NoWord(KeyError):
    """Something crosses from stack to stack that WORDS does not name."""


@dataclass(frozen=True, order=True, kw_only=True)
class Flow:
    """What the stack `after` takes of `before`. what: nothing, where it only comes later."""

    before: str
    after: str
    what: tuple[str, ...]


def flows(stacks: Stacks, dependencies: Mapping[str, list[str]], environment: str) -> list[Flow]:
    """Every flow of one environment, by its stacks' nouns. Raises: NoWord.

    dependencies: stack → the stacks that must stand before it, as CDKTF's manifest has them.
    """
    own = f"{environment}-"
    return sorted(
        Flow(
            before=before.removeprefix(own),
            after=after.removeprefix(own),
            what=_taken(stacks, before=before, after=after),
        )
        for after, all_before in dependencies.items()
        if after.startswith(own)
        for before in all_before
    )


def nouns(dependencies: Mapping[str, list[str]], environment: str) -> list[str]:
    """What the environment's stacks are about, each after those it needs."""
    order = TopologicalSorter(dependencies)
    order.prepare()
    found: list[str] = []
    while order.is_active():
        ready = order.get_ready()
        found += sorted(name for name in ready if name.startswith(f"{environment}-"))
        order.done(*ready)
    return [name.removeprefix(f"{environment}-") for name in found]


def _taken(stacks: Stacks, *, before: str, after: str) -> tuple[str, ...]:
    outputs = stacks[before].get("output", {})
    taken = TAKEN.findall(json.dumps(stacks[after]))
    words = {_word(outputs[name]["value"]) for stack, name in taken if stack == before}
    return tuple(sorted(words))


def _word(value: str) -> str:
    given = GIVEN.fullmatch(value)
    if not given:
        raise NoWord(
            f"{value} is no attribute of one resource: tools/pages/flows.py cannot name it"
        )
    attribute = f"{given['kind']}.{given['attribute']}"
    if attribute not in WORDS:
        raise NoWord(f"{attribute} crosses from stack to stack: name it in WORDS of {__name__}")
    name = given["name"]
    return WORDS[attribute].format(name=name, first=name.partition("-")[0])
