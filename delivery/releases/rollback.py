"""`tribe rollback`: a stage runs again what it ran before."""

import re
from pathlib import Path

import click

from delivery.releases.arguments import into_option, pull_request_option, service_argument
from delivery.releases.bump import image_at
from delivery.releases.commit import Commit
from delivery.releases.history import Ran, ran
from delivery.releases.image import Image, read_image
from delivery.releases.image_file import rewritten
from delivery.releases.order import is_newer
from delivery.releases.proposal import Proposal, base_of
from delivery.releases.refusal import Refused
from delivery.releases.repository import Repository
from delivery.releases.service_folder import ServiceFolder
from delivery.releases.summary import difference

LISTED = 10
COMMIT = re.compile(r"[0-9a-f]{7,64}")


@click.command()
@service_argument
@click.option("--env", "environment", required=True, help="The stage that goes back.")
@click.option(
    "--to", "wanted", help="A tag or a commit of its history; the one before if not said."
)
@into_option
@pull_request_option
def main(
    service: str, *, environment: str, wanted: str | None, into: Path, pull_request: bool
) -> None:
    """Put an image that SERVICE ran before back, on a branch that changes nothing else."""
    repository = Repository.opened(into)
    stage = repository.stage(environment)
    repository.require_history()
    base = base_of(repository, pull_request=pull_request)
    folder = repository.service(service, at=base)
    repository.refuse_edits(folder.stage(stage))
    file = folder.image(stage)
    there = image_at(base, file)
    image = _chosen(ran(base, file), there=there, wanted=wanted, file=file)
    proposal = Proposal(
        repository=repository,
        branch=f"rollback/{service}-in-{stage}-{image.short}",
        pull_request=pull_request,
    )
    proposal.refuse_what_is_there()
    title = f"Roll {service} in {stage} back to {image.tag}".strip()
    notes = [
        f"{service} goes back in {stage}, and nothing else changes.",
        difference(there, image),
        *_ahead(repository, folder, stage=stage, image=image, at=base),
        f"The next image comes by the usual road: {_road(repository, service, stage)}.",
    ]
    commit = base.then(
        {file: rewritten(base.text(file) or "", image, file=file)},
        message=f"{title}\n\nfrom: {there}\nto: {image}\n",
    )
    proposal.propose(commit, title=title, body="\n\n".join(notes) + "\n")


def _chosen(past: list[Ran], *, there: Image, wanted: str | None, file: str) -> Image:
    """The image to go back to. Raises: Refused, with what there is to choose from."""
    if wanted is None:
        found = next((each for each in past if each.image.identity != there.identity), None)
        if found is None:
            raise Refused(f"{file} never said another image: there is nothing to go back to.")
    else:
        found = next((each for each in past if each.image.tag == wanted), None) or next(
            (each for each in past if COMMIT.fullmatch(wanted) and each.commit.startswith(wanted)),
            None,
        )
        if found is None:
            raise Refused(f"{file} never said {wanted!r}. The last ones: {_listed(past)}")
    if found.image.identity == there.identity:
        raise Refused(f"{file} says {there} now. The last ones: {_listed(past)}")
    if not found.image.digest:
        mend = "Name one that has a digest with --to."
        raise Refused(
            f"{found.image} of {found.date} has no digest: it may be another by now. {mend}"
        )
    return found.image


def _listed(past: list[Ran]) -> str:
    lines = [f"    {each.date}  {each.commit[:12]}  {each.image}" for each in past[:LISTED]]
    return "\n".join(["", *lines])


def _ahead(
    repository: Repository, folder: ServiceFolder, *, stage: str, image: Image, at: Commit
) -> list[str]:
    """A line where a later stage would then run something newer."""
    stages = repository.stages
    for later in stages[stages.index(stage) + 1 :]:
        file = folder.image(later)
        text = at.text(file)
        if text is None:
            continue
        there = read_image(text, file=file)
        if is_newer(there, image, service=folder, stages=stages, at=at):
            return [f"{later} still has {there}, which is newer: it likely wants to go back too."]
    return []


def _road(repository: Repository, service: str, stage: str) -> str:
    before = repository.before(stage)
    return f"`tribe promote {service} --to {stage}`" if before else f"`tribe release {service}`"


if __name__ == "__main__":
    main()
