"""What can differ between environments: each measure's name, and its value in each of them.

`settings/…`   a field of the environment's settings, by its path
`resources/…`  how many resources of a type its stacks have
`counts/…`     what is neither, and costs by the hour
`days/…`       how long a log group or a bucket keeps things
`<folder>/…`   a value for a chart: addons/<name>, monitoring/<chart>, platform, argocd
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import yaml

from stacks.argocd import FOLDER as ARGO_CD
from stacks.settings import Environment, Platform
from tools.pages.flows import Stacks
from tools.pages.sources import Sources

# By environment, in the platform's order. None: nothing is said there.
Values = tuple[Any, ...]


def measures(platform: Platform, sources: Sources) -> dict[str, Values]:
    """Every measure, by name."""
    found: list[dict[str, Any]] = []
    for environment in platform.environments:
        own = f"{environment.name}-"
        stacks = {name: each for name, each in sources.stacks.items() if name.startswith(own)}
        one = dict(_leaves(environment, "settings"))
        one |= _resources(stacks)
        one |= dict(_days(stacks))
        one |= _counts(environment, stacks)
        for folder, name in _folders(sources.repository).items():
            one |= _chart_values(folder, name, environment.name)
        found.append(one)
    names = sorted({name for one in found for name in one})
    return {
        name: tuple(one.get(name, 0 if name.startswith("resources/") else None) for one in found)
        for name in names
    }


def differs(values: Values) -> bool:
    return any(each != values[0] for each in values)


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Path and value of everything that holds nothing further; parts with a name go by it."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _leaves(getattr(value, field.name), f"{path}/{field.name}")
    elif isinstance(value, dict) and value:
        for key, each in value.items():
            yield from _leaves(each, f"{path}/{key}")
    elif isinstance(value, tuple) and value and all(hasattr(each, "name") for each in value):
        for each in value:
            yield from _leaves(each, f"{path}/{each.name}")
    else:
        yield path, value


def _resources(stacks: Stacks) -> dict[str, int]:
    count: Counter[str] = Counter()
    for stack in stacks.values():
        for kind, named in stack.get("resource", {}).items():
            count[f"resources/{kind}"] += len(named)
    return dict(count)


def _days(stacks: Stacks) -> Iterator[tuple[str, int]]:
    for stack in stacks.values():
        resources = stack.get("resource", {})
        for name, group in resources.get("aws_cloudwatch_log_group", {}).items():
            yield f"days/{name}", group["retention_in_days"]
        for name, lifecycle in resources.get("aws_s3_bucket_lifecycle_configuration", {}).items():
            for rule in lifecycle["rule"]:
                for end in rule.get("expiration", []):
                    yield f"days/{name}", end["days"]


def _counts(environment: Environment, stacks: Stacks) -> dict[str, Any]:
    endpoints = [
        each
        for stack in stacks.values()
        for each in stack.get("resource", {}).get("aws_vpc_endpoint", {}).values()
        if each["vpc_endpoint_type"] == "Interface"
    ]
    groups = environment.cluster.node_groups
    (machine,) = stacks[f"{environment.name}-access"]["resource"]["aws_launch_template"].values()
    return {
        "counts/zones": len(environment.network.availability_zones),
        "counts/interface-endpoints": len(endpoints),
        "counts/endpoint-interfaces": sum(len(each["subnet_ids"]) for each in endpoints),
        "counts/hosts": len(environment.hosts),
        "counts/tunnel-machine": machine["instance_type"],
        "counts/least-nodes": sum(group.min_size for group in groups),
        "counts/most-nodes": sum(group.max_size for group in groups),
        "counts/least-node-disks": sum(group.min_size * group.disk_gib for group in groups),
    }


def _folders(repository: Path) -> dict[Path, str]:
    """Folders with values for each environment, and what they are called here."""
    found = {file.parent for file in repository.rglob("values-*.yaml")}
    return {each: str(each.relative_to(repository)) for each in found} | {ARGO_CD: "argocd"}


def _chart_values(folder: Path, name: str, environment: str) -> dict[str, Any]:
    """What some environment sets, as it is in this one: its own, else the folder's common one."""
    common: dict[str, Any] = {}
    for file in folder.glob("*.yaml"):
        if not file.name.startswith("values-"):
            common |= _read(file, name)
    own = {file.stem: _read(file, name) for file in folder.glob("values-*.yaml")}
    here = own[f"values-{environment}"]
    return {key: here.get(key, common.get(key)) for each in own.values() for key in each}


def _read(file: Path, name: str) -> dict[str, Any]:
    return dict(_leaves(yaml.safe_load(file.read_text()) or {}, name))
