"""`tribe promote`: the next stage runs the very image that ran in the stage before."""

from pathlib import Path

import click

from delivery.releases.arguments import into_option, pull_request_option, service_argument
from delivery.releases.built_from import commits_between
from delivery.releases.bump import image_at
from delivery.releases.commit import Commit
from delivery.releases.health import ACCEPT, healthy
from delivery.releases.image import Image, read_image
from delivery.releases.image_file import rewritten
from delivery.releases.order import is_newer
from delivery.releases.proposal import Proposal, base_of
from delivery.releases.reason import reason_option
from delivery.releases.refusal import Refused
from delivery.releases.repository import Repository
from delivery.releases.service_folder import ServiceFolder
from delivery.releases.summary import difference

# What the service template makes for an environment, in which nothing differs yet.
NO_VALUES = "# What differs in this environment.\n{}\n"


@click.command()
@service_argument
@click.option("--to", "environment", required=True, help="The stage that it goes to.")
@into_option
@pull_request_option
@reason_option(
    ACCEPT,
    "accepted",
    help="Go on where Argo CD has told nothing about the image; never where it told of a failure.",
)
def main(
    service: str, *, environment: str, into: Path, pull_request: bool, accepted: str | None
) -> None:
    """Copy the image of SERVICE from the stage before, on a branch that changes nothing else."""
    repository = Repository.opened(into)
    stage = repository.stage(environment)
    before = repository.before(stage)
    if before is None:
        raise Refused(f"{stage} is the first stage: tribe release {service} brings images to it.")
    repository.require_history()
    base = base_of(repository, pull_request=pull_request)
    folder = repository.service(service, at=base)
    repository.refuse_edits(folder.path)
    came = _came_from(before, folder, at=base)
    image = came.moved(
        old=repository.registry(before, at=base), new=repository.registry(stage, at=base)
    )
    there = image_at(base, folder.image(stage)) if folder.image(stage) in base.files else None
    if there == image:
        click.echo(f"{stage} has {service} {image} already: nothing to do.")
        return
    if there and is_newer(there, image, service=folder, stages=repository.stages, at=base):
        mend = f"To go back: tribe rollback {service} --env {stage}."
        raise Refused(f"{stage} has {there}, which is newer than {before}'s {image}. {mend}")
    proposal = Proposal(
        repository=repository,
        branch=f"promote/{service}-to-{stage}-{image.short}",
        pull_request=pull_request,
    )
    proposal.refuse_what_is_there()
    health = healthy(image, service=folder, stage=before, git=repository.git, accepted=accepted)
    title = f"Promote {service} {image.tag} to {stage}".replace("  ", " ")
    first = folder.image(repository.stages[0])
    notes = [
        difference(there, image),
        *commits_between(there, image, file=first, at=base),
        health,
        f"The image is {before}'s, unchanged.",
    ]
    body = "\n\n".join(notes)
    commit = base.then(
        _changes(folder, stage=stage, before=before, image=image, at=base),
        message=f"{title}\n\nfrom: {there or 'nothing'}\nto: {image}\n{health}\n",
    )
    proposal.propose(commit, title=title, body=f"{body}\n")


def _came_from(stage: str, folder: ServiceFolder, *, at: Commit) -> Image:
    """The image of the stage before. Raises: Refused."""
    file = folder.image(stage)
    text = at.text(file)
    if text is None:
        mend = f"Bring it to {stage} first."
        raise Refused(f"{folder.name} was never deployed in {stage}: there is no {file}. {mend}")
    image = read_image(text, file=file)
    if not image.digest:
        mend = f"tribe release {folder.name} --tag … --digest sha256:… writes one."
        raise Refused(f"{file} has no digest, so nobody can say what it ran. {mend}")
    return image


def _changes(
    folder: ServiceFolder, *, stage: str, before: str, image: Image, at: Commit
) -> dict[str, str | None]:
    """Path → text of what the promotion writes; the whole folder, the first time."""
    file = folder.image(stage)
    there = at.text(file)
    if there is not None:
        return {file: rewritten(there, image, file=file)}
    like = folder.image(before)
    changes: dict[str, str | None] = {file: rewritten(at.text(like) or "", image, file=like)}
    if folder.values(stage) not in at.files:
        changes[folder.values(stage)] = NO_VALUES
    return changes


if __name__ == "__main__":
    main()
