"""`tribe retire`: a service leaves a stage on purpose, the last stage first."""

from pathlib import Path
from typing import Any

import click
import yaml

from delivery.releases.arguments import into_option, pull_request_option, service_argument
from delivery.releases.callers import calling, permitting
from delivery.releases.commit import Commit
from delivery.releases.proposal import Proposal, base_of
from delivery.releases.reason import reason_option
from delivery.releases.refusal import Refused
from delivery.releases.repository import Repository
from delivery.releases.service_folder import ServiceFolder

STILL_CALLED = "--still-called"
OWNERS = ".github/CODEOWNERS"
# Policies under which an ApplicationSet deletes no Application
# (https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/).
KEEPING = ("create-only", "create-update")


@click.command()
@service_argument
@click.option("--env", "environment", required=True, help="The stage that it leaves.")
@into_option
@pull_request_option
@reason_option(
    STILL_CALLED,
    "still_called",
    help="Go on although another service of the stage still calls it.",
)
def main(
    service: str, *, environment: str, into: Path, pull_request: bool, still_called: str | None
) -> None:
    """Remove SERVICE's folder of a stage, on a branch; with the last one, the whole service."""
    repository = Repository.opened(into)
    stage = repository.stage(environment)
    base = base_of(repository, pull_request=pull_request)
    folder = repository.service(service, at=base)
    repository.refuse_edits(folder.path)
    there = [each for each in repository.stages if folder.image(each) in base.files]
    if stage not in there:
        raise Refused(f"{service} is not in {stage}. It is in {', '.join(there) or 'no stage'}.")
    if stage != there[-1]:
        mend = f"Begin with it: tribe retire {service} --env {there[-1]}"
        raise Refused(f"{there[-1]} still runs {service}, and gets its images by {stage}. {mend}")
    callers = list(calling(base, folder, stage=stage))
    if callers and still_called is None:
        mend = f"Take that out first, or say why not: {STILL_CALLED} REASON."
        raise Refused(f"{service} is still called in {stage}: {', '.join(callers)}. {mend}")
    proposal = Proposal(
        repository=repository,
        branch=f"retire/{service}-from-{stage}",
        pull_request=pull_request,
    )
    proposal.refuse_what_is_there()
    whole = there == [stage]
    removed = folder.path if whole else folder.stage(stage)
    changes: dict[str, str | None] = dict.fromkeys(base.below(removed))
    if whole:
        changes |= _without_owner(base, folder)
    title = f"Retire {service} from {stage}"
    notes = [f"Removes `{removed}/`."]
    if callers:
        notes.append(f"Still called by {', '.join(callers)}. Accepted: {still_called}")
    notes += _left_to_do(base, folder, stage=stage, whole=whole)
    body = "\n\n".join(notes)
    commit = base.then(changes, message=f"{title}\n\n{body}\n")
    proposal.propose(commit, title=title, body=f"{body}\n")
    click.echo(body)


def _left_to_do(base: Commit, folder: ServiceFolder, *, stage: str, whole: bool) -> list[str]:
    """What no commit does."""
    notes = []
    if _keeps_applications(base, stage):
        notes.append(
            f"By hand, when this is merged, since the ApplicationSet of {stage} deletes nothing: "
            f"the application `{folder.name}` of the project `services`. Nobody may delete one "
            "through Argo CD, so in a break-glass shell (docs/runbooks/break-glass.md of the "
            "platform):\n\n"
            "    kubectl config set-context --current --namespace argocd\n"
            f"    argocd app delete {folder.name} --core --cascade"
            " --propagation-policy foreground\n\n"
            f"It takes the objects in `{folder.namespace}` along; with `--cascade=false` they "
            "would go on running, and be nobody's."
        )
    if whole:
        notes += [f"Out of date then: {file}." for file in permitting(base, folder)]
        notes.append(
            f"In the platform's repository: the line of `{folder.name}` in stacks/services.py, "
            "which holds its image repository, secrets and roles."
        )
    return notes


def _keeps_applications(base: Commit, stage: str) -> bool:
    """Whether the stage's ApplicationSet leaves an Application whose folder is gone."""
    try:
        found: Any = yaml.safe_load(base.text(f"environments/{stage}/services.yaml") or "")
        policy = found["spec"]["syncPolicy"]
    except (yaml.YAMLError, KeyError, TypeError):
        return True  # who cannot tell looks
    return policy.get("applicationsSync") in KEEPING


def _without_owner(base: Commit, folder: ServiceFolder) -> dict[str, str | None]:
    """CODEOWNERS without the service's line, where it has one."""
    text = base.text(OWNERS) or ""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if line.split(maxsplit=1)[:1] != [f"/{folder.path}/"]]
    return {OWNERS: "".join(kept)} if kept != lines else {}


if __name__ == "__main__":
    main()
