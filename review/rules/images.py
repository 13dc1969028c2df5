"""images: every environment runs what it names, and nothing that can change under it.

A tag can be moved, `latest` is made to be; a digest cannot. Where people wait (all but the first
stage) an image of ours is named by its digest; of charts of others a tag is enough.
https://kubernetes.io/docs/concepts/containers/images/#image-names
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.problem import Problem
from review.rules.fields import text_at
from review.rules.objects import Objects
from review.rules.services import Image, Service
from review.rules.stages import FIRST

RULE = "images"
MOVED = "moved-tag"


@dataclass(frozen=True, kw_only=True)
class Name:
    """The parts of an image's name; empty where it has none."""

    tag: str
    digest: str


def parse(image: str) -> Name:
    """`host:5000/name:tag@sha256:…`: a colon before the last slash is a port's."""
    rest, _, digest = image.partition("@")
    tag = rest.rpartition("/")[2].partition(":")[2]
    return Name(tag=tag, digest=digest)


def check(objects: Objects) -> Iterator[Problem]:
    """What the pods run."""
    for workload in objects.workloads:
        placed = workload.placed
        for steps, container in workload.containers():
            image = text_at(container, "image")
            if image and (fault := _fault(parse(image), objects.environment, own=placed.own)):
                yield placed.problem(RULE, f"{image} {fault}", steps=[*steps, "image"])


def check_files(services: Sequence[Service]) -> Iterator[Problem]:
    """What the services' image.yaml name; a chart that refuses them makes no pod to look at."""
    for service in services:
        for environment, image in service.images.items():
            name = Name(tag=image.tag, digest=image.digest)
            if fault := _fault(name, environment, own=True):
                yield Problem(
                    rule=RULE,
                    file=image.file,
                    path="image",
                    message=f"{service.name} {fault}",
                    environment=environment,
                )
        yield from _moved(service)


def _fault(name: Name, environment: str, *, own: bool) -> str:
    if name.digest:
        return ""
    if not name.tag:
        return "has neither tag nor digest. Write the version that was built."
    if name.tag == "latest":
        return 'has the tag "latest", which names no version. Write the version that was built.'
    if own and environment != FIRST:
        return f"has no digest, and its tag can be moved under {environment}. Write the digest too."
    return ""


def _moved(service: Service) -> Iterator[Problem]:
    """A tag that means one image here and another there."""
    seen: dict[tuple[str, str], tuple[str, Image]] = {}
    for environment, image in service.images.items():
        if not image.tag or not image.digest:
            continue
        other, first = seen.setdefault((image.name, image.tag), (environment, image))
        if first.digest != image.digest:
            yield Problem(
                rule=MOVED,
                severity="warning",
                file=image.file,
                path="image.digest",
                message=f"the tag {image.tag} is {image.digest} here and {first.digest} in {other}:"
                " somebody moved it. Build a version once, and promote that.",
                environment=environment,
            )
