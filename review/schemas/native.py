"""Schemas of Kubernetes' own kinds, for one version of Kubernetes, made stricter than its API.

They come with the package kubernetes-validate, which holds the API's description of every release.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from review.could_not_run import CouldNotRun

URI = "kubernetes:definitions"
RULES = json.loads(files("review.schemas").joinpath("native.json").read_text())


class UnknownKubernetesVersion(CouldNotRun):
    """There are no schemas of this version."""


@cache
def definitions(kubernetes_version: str) -> dict[str, Any]:
    """Definitions by their long name, `io.k8s.api.apps.v1.Deployment`.

    kubernetes_version: "1.36"; a patch level and a leading v are ignored.
    Raises: UnknownKubernetesVersion.
    """
    minor = ".".join(kubernetes_version.removeprefix("v").split(".")[:2])
    folder = files("kubernetes_validate").joinpath("kubernetes-json-schema")
    source = folder.joinpath(f"v{minor}.0-local-strict/_definitions.json")
    if not source.is_file():
        known = sorted(
            (
                each.name.removeprefix("v").removesuffix(".0-local-strict")
                for each in folder.iterdir()
                if each.name.endswith("-strict")
            ),
            key=lambda version: [int(part) for part in version.split(".")],
        )
        raise UnknownKubernetesVersion(
            f"There are no schemas of Kubernetes {kubernetes_version}; "
            f"there are those of {known[0]} to {known[-1]}"
        )
    found = json.loads(source.read_text(encoding="utf-8"))["$defs"]
    for definition in found.values():
        _tighten(definition)
    for name, rules in RULES.items():
        _apply(rules, found.get(name, {}))
    return found


def _tighten(node: dict[str, Any]) -> None:
    """The API takes null for whatever is left out. In git it is a mistake: a template's value that
    came to nothing, or a key without its content."""
    node.pop("description", None)
    kinds = node.get("type")
    if isinstance(kinds, list):
        node["type"] = next(kind for kind in kinds if kind != "null")
    if node.get("format") == "int32":
        node.update(minimum=-(2**31), maximum=2**31 - 1)
    inner = [*node.get("properties", {}).values(), *node.get("oneOf", [])]
    inner += [node[key] for key in ("items", "additionalProperties") if key in node]
    for each in inner:
        if isinstance(each, dict):
            _tighten(each)


def _apply(rules: dict[str, Any], definition: dict[str, Any]) -> None:
    """What the API server checks in code, and its description leaves out."""
    for field, rule in rules.items():
        if not field:
            definition.clear()
            definition.update(rule)
        elif field in definition.get("properties", {}):  # an older version may not have it yet
            node = definition["properties"][field]
            target = node["items"] if node.get("type") == "array" and "enum" in rule else node
            target.update(rule)


@cache
def kinds(kubernetes_version: str) -> dict[tuple[str, str], str]:
    """The definition of each `(apiVersion, kind)`."""
    found = {}
    for name, definition in definitions(kubernetes_version).items():
        for each in definition.get("x-kubernetes-group-version-kind", []):
            group = f"{each['group']}/" if each["group"] else ""
            found[f"{group}{each['version']}", each["kind"]] = name
    return found
