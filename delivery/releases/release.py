"""`tribe release`: a new image runs in the first stage."""

from dataclasses import replace
from pathlib import Path

import click

from delivery.releases.arguments import into_option, service_argument
from delivery.releases.built_from import trailer
from delivery.releases.bump import bumped, image_at, pushed, refuse_older
from delivery.releases.image import digest_fault
from delivery.releases.refusal import Refused
from delivery.releases.repository import REMOTE, Repository
from delivery.releases.tag import tag_fault


@click.command()
@service_argument
@click.option("--tag", required=True, help="The version or the commit that was built.")
@click.option("--digest", required=True, help="sha256:…, as the push of the image printed it.")
@click.option("--env", "environment", default="dev", show_default=True, help="The first stage.")
@into_option
@click.option(
    "--built-from", metavar="URL", help="Page of the commit that was built, kept for promotions."
)
@click.option("--push", is_flag=True, help="To the branch that is checked out; else commit here.")
def main(
    service: str,
    *,
    tag: str,
    digest: str,
    environment: str,
    built_from: str | None,
    into: Path,
    push: bool,
) -> None:
    """Write the new image of SERVICE into its image.yaml, as a commit of that file alone."""
    for fault in (tag_fault(tag), digest_fault(digest)):
        if fault:
            raise Refused(fault)
    ending = trailer(built_from)
    repository = Repository.opened(into)
    folder = repository.service(service, at=repository.head)
    stage = repository.stage(environment)
    if before := repository.before(stage):
        mend = f"tribe promote {service} --to {stage}"
        raise Refused(
            f"{stage} runs what ran in {before}. Release to the first stage, then: {mend}"
        )
    file = folder.image(stage)
    repository.refuse_edits(folder.stage(stage))
    began = image_at(repository.head, file)
    image = replace(began, tag=tag, digest=digest)
    head = f"Release {service} {tag} to {stage}"
    message = f"{head}\n\nfrom: {began}\nto: {image}\n{ending}"
    if push:
        branch = repository.checked_out
        done = pushed(repository, image, branch=branch, file=file, began=began, message=message)
        where = f"{REMOTE}/{branch}"
    else:
        refuse_older(image, there=began, file=file)
        done = (
            None if began == image else bumped(repository.head, image, file=file, message=message)
        )
        if done:
            # Moves branch, index and file together, and nothing where the file was touched.
            repository.git.run("merge", "--quiet", "--ff-only", done.sha)
        where = "this checkout"
    if done:
        click.echo(f"{stage} of {where}: {service} {image}, commit {done.sha[:12]}.")
    else:
        click.echo(f"{stage} has {service} {image} already: nothing to do.")


if __name__ == "__main__":
    main()
