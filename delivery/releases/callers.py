"""Who names a service: the other services' values, read for calls, permissions and hosts."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from delivery.releases.blobs import blobs
from delivery.releases.commit import Commit
from delivery.releases.repository import services
from delivery.releases.service_folder import ServiceFolder


def calling(commit: Commit, service: ServiceFolder, *, stage: str) -> Iterator[str]:
    """Each file by which a service of the stage calls this one: under `calls`, or by a host."""
    for other, file, text in _others(commit, service):
        if other.image(stage) not in commit.files:
            continue
        if file.removeprefix(f"{other.path}/") not in ("values.yaml", f"{stage}/values.yaml"):
            continue
        if _names(text, "calls", other=other, service=service):
            yield f"{file} (calls)"
        elif _host(service).search(_without_comments(text)):
            yield f"{file} (host)"


def permitting(commit: Commit, service: ServiceFolder) -> Iterator[str]:
    """Each file of another service that lets this one in: harmless, and then out of date."""
    for other, file, text in _others(commit, service):
        if _names(text, "callers", other=other, service=service):
            yield f"{file} (callers)"


def _others(commit: Commit, service: ServiceFolder) -> Iterator[tuple[ServiceFolder, str, str]]:
    files = [
        (other, file)
        for other in services(commit)
        if other != service
        for file in sorted(commit.below(other.path))
        if file.endswith("/values.yaml") and file.isprintable()
    ]
    texts = blobs(commit.git, [f"{commit.sha}:{file}" for _, file in files])
    for (other, file), text in zip(files, texts, strict=True):
        yield other, file, text or ""


def _names(text: str, key: str, *, other: ServiceFolder, service: ServiceFolder) -> bool:
    """Whether the list says the service: by its name within a namespace, else with it."""
    try:
        values: Any = yaml.safe_load(text)
        listed = values.get(key) or []
    except (yaml.YAMLError, AttributeError):
        return False  # `tribe check` tells of it
    near = {service.name} if other.namespace == service.namespace else set()
    return any(peer in near | {f"{service.namespace}/{service.name}"} for peer in listed)


def _host(service: ServiceFolder) -> re.Pattern[str]:
    """Its name in the cluster's DNS, or as the host of an address."""
    name, namespace = re.escape(service.name), re.escape(service.namespace)
    return re.compile(rf"(?<![\w.-]){name}\.{namespace}(?![\w-])|//{name}(?![\w.-])")


def _without_comments(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
