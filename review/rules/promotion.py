"""promotion: nothing runs in a stage that the stage before has not run.

dev → staging → prod: an image of staging is or was dev's, one of prod is or was staging's, by git's
history of the stage's image.yaml. Without the whole history (no git, or a shallow clone; a workflow
checks out with `fetch-depth: 0`) semantic versions are compared; what neither tells is a warning.

An exception is stated beside the image, in `services/<namespace>/<name>/<env>/exception.yaml`:

    promotion: The stage before is down, and this mends a leak of data. INC-42, until Friday.

A file of its own, because image.yaml is written by machines and values.yaml is the chart's: neither
could keep it. It makes the error a warning with the reason in it; and once nothing needs it any
more, it says so itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from review.problem import Problem
from review.repository import Repository
from review.rules import waivers
from review.rules.history import History, Named, history
from review.rules.services import Image, Service
from review.rules.stages import before, stages
from review.rules.versions import later

RULE = "promotion"


def check(services: Sequence[Service], repository: Repository) -> Iterator[Problem]:
    """Every image of every stage but the first."""
    there = stages(repository)
    steps = [
        (service, environment, stage)
        for service in services
        for environment in service.images
        if (stage := before(environment, among=there))
    ]
    unlike = [
        service.images[stage].file
        for service, environment, stage in steps
        if stage in service.images and not _is(service.images[environment], service.images[stage])
    ]
    known = history(repository.root, dict.fromkeys(unlike))
    for service, environment, stage in steps:
        folder = f"{service.folder}/{environment}"
        fault = _fault(service, environment, stage, known)
        waiver = waivers.waiver(repository, folder, rule=RULE)
        if fault and waiver:
            message = f"{fault.message} Excepted in {waiver.file}: {waiver.reason}"
            yield replace(fault, severity="warning", message=message)
        elif fault:
            yield fault
        elif waiver:
            yield Problem(
                rule=RULE,
                severity="warning",
                file=waiver.file,
                message="nothing needs this exception any more. Take the file away.",
                environment=environment,
            )
        yield from waivers.check(repository, folder)


def _fault(service: Service, environment: str, stage: str, known: History) -> Problem | None:
    image = service.images[environment]
    problem = Problem(rule=RULE, file=image.file, path="image", message="", environment=environment)
    there = service.images.get(stage)
    if there is None:
        message = (
            f"{service.name} runs in {environment} and not in {stage}. Promote it there first."
        )
        return replace(problem, message=message)
    if _is(image, there) or any(_was(image, each) for each in known.named.get(there.file, ())):
        return None
    ahead = (
        f"{service.name} is at {image} in {environment}, and {stage}, now at {there}, has never "
        f"run it. Promote it to {stage} first, or state the exception in {waivers.FILE}."
    )
    if known.whole:
        return replace(problem, message=ahead)
    match later(image.tag, there.tag):
        case True:
            return replace(problem, message=ahead)
        case False:
            return None  # an earlier version; git would tell whether it ever ran there
    unsure = (
        f"cannot see whether {stage}, now at {there}, ever ran {image}: git's history is not whole "
        "here, and the tags are no versions. Check out with fetch-depth: 0."
    )
    return replace(problem, severity="warning", message=unsure)


def _is(image: Image, other: Image) -> bool:
    return image.name == other.name and _was(image, Named(tag=other.tag, digest=other.digest))


def _was(image: Image, named: Named) -> bool:
    """By the digest where both have one: a tag can have been moved. dev may name tags alone."""
    if image.digest and named.digest:
        return image.digest == named.digest
    return bool(image.tag) and image.tag == named.tag
