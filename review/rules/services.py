"""The services' folders, and the images that they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from review.repository import FileProblem, Repository
from review.rules.fields import map_at, text_at

FOLDER = "services"
IMAGE = re.compile(rf"{FOLDER}/([^/]+)/([^/]+)/([^/]+)/image\.yaml")


@dataclass(frozen=True, kw_only=True)
class Image:
    """What an image.yaml names; empty where it does not. file: the image.yaml."""

    file: str
    repository: str
    tag: str
    digest: str

    @property
    def name(self) -> str:
        """The repository without its registry's host: each environment may have its own."""
        return self.repository.partition("/")[2] or self.repository

    def __str__(self) -> str:
        return f"{self.tag or '(no tag)'}{f'@{self.digest[:19]}…' if self.digest else ''}"


@dataclass(frozen=True, kw_only=True)
class Service:
    """folder: `services/<namespace>/<name>`. images: by environment; it exists where it has one."""

    namespace: str
    name: str
    images: dict[str, Image] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return f"{FOLDER}/{self.namespace}/{self.name}"


def services(repository: Repository) -> list[Service]:
    """Every service, by its folder's place. An image.yaml without an `image` is told elsewhere: the
    chart does not take it."""
    found: dict[tuple[str, str], Service] = {}
    for path in repository.below(FOLDER):
        namespace, _, rest = path.removeprefix(f"{FOLDER}/").partition("/")
        name, slash, _ = rest.partition("/")
        if slash:
            service = found.setdefault((namespace, name), Service(namespace=namespace, name=name))
            if match := IMAGE.fullmatch(path):
                service.images.update((match[3], image) for image in _images(repository, path))
    return list(found.values())


def _images(repository: Repository, path: str) -> Iterator[Image]:
    try:
        content: Any = repository.yaml(path)
    except FileProblem:
        return
    if image := map_at(content, "image"):
        yield Image(
            file=path,
            repository=text_at(image, "repository"),
            tag=text_at(image, "tag"),
            digest=text_at(image, "digest"),
        )
