"""Which schema a document is held to."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import jsonschema_rs

from review.schemas import native

CUSTOM = files("review.schemas").joinpath("custom")


class UnknownKind(ValueError):
    """There is no schema of the document's kind. `rule` says why in one word."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True, kw_only=True)
class Validator:
    compiled: jsonschema_rs.Draft202012Validator
    schema: dict[str, Any]
    kubernetes_version: str

    def errors(self, document: dict[str, Any]) -> list[jsonschema_rs.ValidationError]:
        return list(self.compiled.iter_errors(document))

    def fields(self, error: jsonschema_rs.ValidationError) -> list[str]:
        """The fields that the object at the error's place may have."""
        native_one = error.schema_path[:1] == ["$defs"]
        definitions = native.definitions(self.kubernetes_version)
        node: Any = {"$defs": definitions} if native_one else self.schema
        for step in error.schema_path[:-1]:
            node = node[step]
        return list(node.get("properties", {}))


def validator(document: object, *, kubernetes_version: str) -> Validator:
    """The validator of the document's apiVersion and kind. Raises: UnknownKind."""
    if not isinstance(document, dict):
        raise UnknownKind("not-a-document", f"{document!r} is no Kubernetes document")
    api_version, kind = document.get("apiVersion"), document.get("kind")
    for field, value in (("apiVersion", api_version), ("kind", kind)):
        if not isinstance(value, str) or not value:
            raise UnknownKind("not-a-document", f"{field} is missing, or is not a text")
    if not isinstance(document.get("metadata"), dict):
        raise UnknownKind("not-a-document", "metadata is missing, or is not an object")
    return _of(str(api_version), str(kind), kubernetes_version)


@cache
def _of(api_version: str, kind: str, kubernetes_version: str) -> Validator:
    kinds = native.kinds(kubernetes_version)
    if (api_version, kind) in kinds:
        schema: dict[str, Any] = {"$ref": f"{native.URI}#/$defs/{kinds[api_version, kind]}"}
    else:
        source = custom().get((api_version, kind.lower()))
        if source is None:
            raise UnknownKind("unknown-kind", _unknown(api_version, kind, kubernetes_version))
        schema = json.loads(source.read_text())
    compiled = jsonschema_rs.Draft202012Validator(
        schema,
        registry=_registry(kubernetes_version),
        formats=FORMATS,
        validate_formats=True,
        offline=True,
    )
    return Validator(compiled=compiled, schema=schema, kubernetes_version=kubernetes_version)


@cache
def _registry(kubernetes_version: str) -> jsonschema_rs.Registry:
    content = {"$defs": native.definitions(kubernetes_version)}
    return jsonschema_rs.Registry([(native.URI, content)], draft=jsonschema_rs.Draft202012)


@cache
def custom() -> dict[tuple[str, str], Traversable]:
    """The schema of each `(apiVersion, kind in small letters)` of the custom kinds."""
    found = {}
    for group in CUSTOM.iterdir():
        for schema in group.iterdir():
            kind, _, version = schema.name.removesuffix(".json").rpartition("_")
            found[f"{group.name}/{version}", kind] = schema
    return found


@cache
def custom_kinds() -> list[tuple[str, str]]:
    """`(apiVersion, kind)` of the custom kinds, as they are written."""
    schemas = [json.loads(schema.read_text()) for schema in custom().values()]
    properties = [schema["properties"] for schema in schemas]
    return [(each["apiVersion"]["const"], each["kind"]["const"]) for each in properties]


def _unknown(api_version: str, kind: str, kubernetes_version: str) -> str:
    """Says what there is instead: the kind in another version."""
    native_ones = [version for version, name in native.kinds(kubernetes_version) if name == kind]
    group = api_version.rpartition("/")[0]
    custom_ones = [
        version
        for version, name in custom()
        if name == kind.lower() and version.rpartition("/")[0] == group
    ]
    others = native_ones + sorted(custom_ones)
    there = f"; there is {', '.join(others)}" if others else ""
    return f"no schema of {api_version} {kind} (Kubernetes {kubernetes_version}){there}"


def _base64(value: str) -> bool:
    try:
        base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


# The formats of Kubernetes' API description. jsonschema hands a format strings alone.
FORMATS: dict[str, Callable[..., bool]] = {"byte": _base64, "date-time": _moment}
