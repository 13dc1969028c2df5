"""The rules of `tribe check` that look beyond one document: one file each.

Each module says in its docstring what it holds, why, and by which source; its `RULE` is the word
that a Problem bears.
"""

from collections.abc import Sequence
from dataclasses import replace

from review.environment import Environment
from review.problem import Problem, Unseen
from review.render import Rendering
from review.repository import Repository
from review.rules import (
    defined,
    disruption,
    facts,
    hosts,
    images,
    names,
    namespaces,
    placeless,
    pod_security,
    promotion,
    quotas,
    reached,
    rights,
    sync,
    target_groups,
)
from review.rules.objects import Objects
from review.rules.services import services

# What looks at one environment's documents.
RULES = (
    defined, disruption, facts, hosts, images, namespaces, pod_security, quotas, reached, rights,
    sync, target_groups,
)  # fmt: skip


def of_environment(rendering: Rendering) -> tuple[list[Problem], list[Unseen]]:
    """The problems of one environment's documents, and what of it was not looked at."""
    objects = Objects(rendering=rendering)
    name = objects.environment
    problems = [problem.at(environment=name) for rule in RULES for problem in rule.check(objects)]
    unseen = [replace(each, environment=name) for each in pod_security.unseen(objects)]
    return problems, unseen


def across(repository: Repository, environments: Sequence[Environment]) -> list[Problem]:
    """The problems between services, and between environments: those of the given ones."""
    there = services(repository)
    found = [
        *names.check(there),
        *images.check_files(there),
        *placeless.check(there, repository),
        *promotion.check(there, repository),
        *facts.check_all(environments),
    ]
    wanted = ["", *(each.name for each in environments)]
    return [problem for problem in found if problem.environment in wanted]
