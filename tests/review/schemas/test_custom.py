"""Schemas of custom resources: complete, strict, fresh, and no wider than the released ones."""

import copy
import json
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from review.merge_patch import merge
from review.schemas import validate
from tests.review.schemas.accepted import ACCEPTED

VERSION = "1.36"
SCHEMAS = Path(str(files("review.schemas")))
REFERENCE = "TRIBE_REFERENCE_SCHEMAS"

Document = dict[str, Any]
Steps = tuple[str | int, ...]


def name(document: Document) -> str:
    group, _, version = document["apiVersion"].partition("/")
    return f"{group}/{document['kind'].lower()}_{version}.json"


def paths(node: Any, path: Steps = ()) -> Iterator[Steps]:
    """Where there are objects."""
    if isinstance(node, dict):
        yield path
        for key, value in node.items():
            yield from paths(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from paths(value, (*path, index))


def changed(document: Document, path: Steps, key: str, value: Any) -> Document:
    result = copy.deepcopy(document)
    node: Any = result
    for step in path:
        node = node[step]
    node[key] = value
    return result


# Objects that take any key, by what they are for.
OPEN = {
    "annotations", "elements",
    "labels", "limits", "matchLabels", "requests", "tags", "valuesObject",
}  # fmt: skip


def closed(document: Document) -> list[Steps]:
    """Where there are objects that take only what they know. (A trigger's metadata take all.)"""
    return [
        path
        for path in paths(document)
        if not OPEN.intersection(map(str, path)) and path[-3:][:1] != ("triggers",)
    ]


@pytest.mark.parametrize("document", ACCEPTED, ids=name)
def test_what_the_platform_writes_is_accepted(document: Document) -> None:
    assert validate(document, kubernetes_version=VERSION) == []


def test_there_is_an_accepted_document_of_every_kind() -> None:
    custom = SCHEMAS / "custom"
    kinds = {path.relative_to(custom).as_posix() for path in custom.glob("*/*")}
    assert {name(document) for document in ACCEPTED} == kinds


@pytest.mark.parametrize("document", ACCEPTED, ids=name)
def test_an_unknown_field_is_refused_at_every_depth(document: Document) -> None:
    for path in closed(document):
        found = validate(changed(document, path, "unknwon", "x"), kubernetes_version=VERSION)
        assert any("unknwon" in each.path for each in found), path


@pytest.mark.parametrize("document", ACCEPTED, ids=name)
def test_null_is_refused_at_every_depth(document: Document) -> None:
    for path in closed(document):
        if path and isinstance(path[-1], str):
            broken = changed(document, path[:-1], path[-1], None)
            assert validate(broken, kubernetes_version=VERSION), path


@pytest.mark.parametrize(
    ("kind", "path", "value"),
    [
        ("Rollout", "spec.strategy.canary.steps.0.setWeight", 5.5),
        ("Rollout", "spec.strategy.canary.steps.0.setWeight", 101),
        ("Rollout", "spec.strategy.canary.steps.0.setWeight", "5"),
        ("Rollout", "spec.strategy.blueGreen", {"activeService": "a"}),
        ("Rollout", "spec.template.spec.containers.0.imagePullPolicy", "Alway"),
        ("ScaledObject", "spec.triggers.0.metadata.queueLength", 100),
        ("ScaledObject", "spec.maxReplicaCount", 0),
        ("ScaledObject", "spec.triggers", []),
        ("ExternalSecret", "spec.target.creationPolicy", "owner"),
        ("SecretStore", "spec.provider.gcpsm", {}),
        ("SecretStore", "spec.provider.aws.service", "secretsmanager"),
        ("Application", "metadata.annotations", {"argocd.argoproj.io/sync-wave": 1}),
        ("Application", "spec.syncPolicy.retry.limit", "5"),
        ("AppProject", "spec.syncWindows.0.manualSync", "yes"),
        ("PrometheusRule", "spec.groups.0.rules.0.for", "5 minutes"),
        ("IngressClassParams", "spec.scheme", "internet"),
        ("IngressClassParams", "spec.sslRedirectPort", 443),
    ],
)
def test_a_wrong_value_is_refused(kind: str, path: str, value: Any) -> None:
    document = next(each for each in ACCEPTED if each["kind"] == kind)
    *steps, key = (int(step) if step.isdigit() else step for step in path.split("."))
    assert validate(changed(document, tuple(steps), str(key), value), kubernetes_version=VERSION)


def test_what_lies_over_the_generated_schemas_is_in_them() -> None:
    for overlay in SCHEMAS.glob("overlay/*/*"):
        made = json.loads(
            (SCHEMAS / "custom" / overlay.relative_to(SCHEMAS / "overlay")).read_text()
        )
        patch = {
            key: each for key, each in json.loads(overlay.read_text()).items() if key[0] != "$"
        }
        patch["required"] = made["required"]
        assert merge(made, patch) == made, overlay.name


def reference() -> Path:
    folder = os.environ.get(REFERENCE)
    if not folder:
        pytest.skip(f"{REFERENCE} names no folder of released schemas: ours are not compared")
    return Path(folder)


@pytest.mark.parametrize("document", ACCEPTED, ids=name)
def test_what_is_accepted_is_accepted_by_the_released_schema(document: Document) -> None:
    schema = reference() / name(document)
    if not schema.exists():
        pytest.skip(f"{REFERENCE} has no {name(document)}: it is not compared")
    validator = jsonschema_rs.validator_for(json.loads(schema.read_text()))
    assert [error.message for error in validator.iter_errors(document)] == []


def fields(
    node: Any, resolve: Any, path: str = "", seen: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Every field that a schema knows."""
    node = resolve(node)
    if id(node) in seen:
        return
    seen |= {id(node)}
    for key, value in node.get("properties", {}).items():
        yield f"{path}.{key}"
        yield from fields(value, resolve, f"{path}.{key}", seen)
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield from fields(node[key], resolve, f"{path}[]", seen)


@pytest.mark.parametrize("document", ACCEPTED, ids=name)
def test_no_field_is_known_that_the_released_schema_does_not_know(document: Document) -> None:
    released = reference() / name(document)
    if not released.exists():
        pytest.skip(f"{REFERENCE} has no {name(document)}: it is not compared")
    ours = json.loads((SCHEMAS / "custom" / name(document)).read_text())

    def resolve(node: Any) -> Any:
        while str(node.get("$ref", "")).startswith("#/definitions/"):
            node = ours["definitions"][node["$ref"].removeprefix("#/definitions/")]
        return node

    known = set(fields(json.loads(released.read_text()), lambda node: node))
    assert set(fields(ours, resolve)) - known == set()
