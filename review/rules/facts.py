"""facts: what the charts are told of an environment is its own, and known.

A fresh repository has zeros where only AWS can say: it renders, and would sync nonsense. In prod
nothing may be merged on them; elsewhere they are told. And facts of another environment, copied
into this one, would point its controllers at the other's cluster.
"""

import re
from collections.abc import Iterator, Sequence

from review.environment import FACTS, Environment
from review.problem import Problem
from review.rules.objects import Objects
from review.rules.stages import MANUAL

RULE = "facts"
# An id of nothing but zeros, or a UUID of them; not a part of a longer one.
ZEROS = re.compile(r"(?<![0-9a-fA-F])(0{9,}|0{8}-0{4}-0{4}-0{4}-0{12})(?![0-9a-fA-F])")
ARN = re.compile(r"arn:[a-z-]+:[a-z0-9-]+:(?P<region>[a-z0-9-]*):(?P<account>[0-9]*):")
# What no two environments share.
OWN = ("clusterName", "domain")


def check(objects: Objects) -> Iterator[Problem]:
    facts = {name: value for name, value in objects.facts.items() if isinstance(value, str)}
    environment = objects.environment
    unknown = [name for name, value in facts.items() if not value or ZEROS.search(value)]
    if unknown:
        yield Problem(
            rule=RULE,
            severity="error" if environment == MANUAL else "warning",
            file=_file(objects.rendering.environment),
            message=f"{', '.join(unknown)}: not known yet. Deploy the environment's stacks, then "
            f"run `make facts ENV={environment}` in the platform's repository.",
        )
    for name, message in _disagreeing(facts, environment):
        yield Problem(
            rule=RULE,
            file=_file(objects.rendering.environment),
            path=f"facts.{name}",
            message=message,
        )


def _disagreeing(facts: dict[str, str], environment: str) -> Iterator[tuple[str, str]]:
    mend = f"Write the facts anew by `make facts ENV={environment}`."
    if facts.get("environment", environment) != environment:
        yield "environment", f"is {facts['environment']}, and this is {environment}. {mend}"
    for name, value in facts.items():
        if not (arn := ARN.match(value)):
            continue
        for part, fact in (("region", "region"), ("account", "accountId")):
            if arn[part] and fact in facts and arn[part] != facts[fact]:
                yield name, f"is of the {part} {arn[part]}, and {fact} is {facts[fact]}. {mend}"


def check_all(environments: Sequence[Environment]) -> Iterator[Problem]:
    """What two environments must not share."""
    for name in OWN:
        seen: dict[str, str] = {}
        for environment in environments:
            value = environment.facts.get(name)
            if isinstance(value, str) and value:
                other = seen.setdefault(value, environment.name)
                if other != environment.name:
                    yield Problem(
                        rule=RULE,
                        file=_file(environment),
                        path=f"facts.{name}",
                        message=f"is {value}, as in {other}: the facts of one of them are wrong.",
                        environment=environment.name,
                    )


def _file(environment: Environment) -> str:
    return f"{environment.folder}/{FACTS}"
