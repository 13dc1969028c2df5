"""The environments as they are: alike but for what they are meant to differ in."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import combinations

from stacks.environments import PLATFORM
from stacks.settings import Environment

MOST_DIFFERENCES = 99


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Path and value of everything in a settings object that holds nothing further."""
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from leaves(each, f"{path}[{number}]")
    else:
        yield path, value


def differences(one: Environment, other: Environment) -> set[str]:
    """Paths at which two environments differ."""
    ours, theirs = dict(leaves(one)), dict(leaves(other))
    return {path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)}


def test_the_environments_differ_in_less_than_a_hundred_values() -> None:
    pairs = combinations(PLATFORM.environments, 2)
    differing = set().union(*(differences(one, other) for one, other in pairs))
    # Counts at work: a path whose leaves went unseen would make this test an empty one.
    assert {"name", "network.cidr", "cluster.access[0].role", "account.id"} <= differing
    assert len(differing) <= MOST_DIFFERENCES, sorted(differing)


def test_the_node_groups_are_the_same_everywhere() -> None:
    assert len({environment.cluster.node_groups for environment in PLATFORM.environments}) == 1


def test_prod_alone_is_in_production_and_alone_in_its_account() -> None:
    assert [each.name for each in PLATFORM.environments if each.production] == ["prod"]
    prod = PLATFORM.environment("prod")
    assert PLATFORM.environments_in(prod.account) == (prod,)


def test_changes_reach_dev_before_staging_before_prod() -> None:
    assert [environment.name for environment in PLATFORM.environments] == ["dev", "staging", "prod"]


def test_each_deployer_administers_its_own_cluster_and_no_other(environment: Environment) -> None:
    admins = [
        access.role
        for access in environment.cluster.access
        if access.policy == "AmazonEKSClusterAdminPolicy" and access.role.endswith("-apply")
    ]
    assert admins == [f"tribe-{environment.name}-apply"]


def test_people_get_no_cluster_administration_in_prod() -> None:
    prod = PLATFORM.environment("prod")
    admins = {access.role for access in prod.cluster.access if access.policy}
    assert admins == {"tribe-break-glass", "tribe-prod-apply"}
