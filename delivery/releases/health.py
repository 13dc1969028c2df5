"""Whether an image is known to be healthy in a stage."""

from delivery.releases.deployment import SUCCESS, deployment_of
from delivery.releases.git import Git
from delivery.releases.github import GitHubFailed
from delivery.releases.image import Image
from delivery.releases.refusal import Refused
from delivery.releases.service_folder import ServiceFolder

ACCEPT = "--accept-unknown-health"


def healthy(
    image: Image, *, service: ServiceFolder, stage: str, git: Git, accepted: str | None
) -> str:
    """What is known, as a line for the pull request.

    accepted: why a person goes on where Argo CD has told nothing. What it told stands: a service
    that is known to be ill is not promoted for any reason.
    Raises: Refused; GitHubFailed, where it cannot be asked and no reason was given.
    """
    where = f"{stage}/{service.name}"
    try:
        found = deployment_of(image.digest, service=service, stage=stage, git=git)
    except GitHubFailed as error:
        if accepted is None:
            raise
        return f"Whether it is healthy in {stage} is not known ({error}). Accepted: {accepted}"
    if found is None:
        if accepted is not None:
            return f"Argo CD has told of no deployment to {where}. Accepted: {accepted}"
        raise Refused(
            f"Argo CD has told of no deployment of {image} to {where}, so nobody knows whether it "
            f"is healthy. Wait until {stage} has synced it, and fetch. If it never tells, switch "
            f"on deployments in the notifications of {stage}'s settings (argocd/README.md of the "
            f"platform), or say why it is well: {ACCEPT} REASON."
        )
    if found.state != SUCCESS:
        log = f" {found.log}" if found.log else ""
        raise Refused(
            f"{image} is not healthy in {where}: its last deployment status is {found.state}.{log} "
            f"Mend {stage} first, or wait until it is done."
        )
    shown = f", {found.log}" if found.log else ""
    return f"Healthy in {stage}: deployment status success at commit {found.commit[:12]}{shown}"
