"""Deployments as Argo CD tells them to GitHub: one for each commit that it synced a service at.

Its notifications (argocd/values.yaml of the platform) write to the environment
`<stage>/<service>`: success when the service is healthy, failure when it is not. Which image that
was, the commit says.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from delivery.releases.commit import Commit
from delivery.releases.git import Git
from delivery.releases.github import GitHubFailed, gh
from delivery.releases.image import read_image
from delivery.releases.refusal import Refused
from delivery.releases.service_folder import ServiceFolder

MOST = 100  # GitHub's page, and more deployments than anyone promotes after
SUCCESS = "success"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """state: of its last status, GitHub's own word
    (https://docs.github.com/en/rest/deployments/statuses). log: where Argo CD shows it.
    """

    commit: str
    state: str
    log: str = ""


def deployment_of(
    digest: str, *, service: ServiceFolder, stage: str, git: Git
) -> Deployment | None:
    """The newest deployment of that content; None if Argo CD told of none. Raises: GitHubFailed."""
    environment = f"{stage}/{service.name}"
    listed = _asked(git, "deployments", environment=environment)
    for each in sorted(listed, key=_age, reverse=True):
        if each.get("environment") != environment:
            continue
        if _digest(str(each.get("sha")), service=service, stage=stage, git=git) != digest:
            continue
        statuses = sorted(_asked(git, f"deployments/{int(each['id'])}/statuses"), key=_age)
        last = statuses[-1] if statuses else {"state": "pending"}
        return Deployment(
            commit=each["sha"], state=str(last.get("state")), log=str(last.get("log_url") or "")
        )
    return None


def _age(each: Mapping[str, Any]) -> tuple[str, int]:
    return str(each.get("created_at")), int(each.get("id", 0))


def _asked(git: Git, what: str, **query: str) -> list[dict[str, Any]]:
    fields = {**query, "per_page": str(MOST)}
    more = [word for key, value in fields.items() for word in ("--raw-field", f"{key}={value}")]
    # gh fills in the two names, from the repository's remote.
    answer = gh(git.folder, "api", "--method", "GET", f"repos/{{owner}}/{{repo}}/{what}", *more)
    try:
        listed = json.loads(answer)
        if isinstance(listed, list) and all(isinstance(each, dict) for each in listed):
            return listed
    except json.JSONDecodeError:
        pass
    raise GitHubFailed(f"GitHub's answer about {what} is no list: {answer[:200]!r}")


def _digest(sha: str, *, service: ServiceFolder, stage: str, git: Git) -> str | None:
    """What the commit said; None for one that is not of this repository's history."""
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", sha):
        return None
    if not git.succeeds("cat-file", "-e", f"{sha}^{{commit}}"):
        return None
    file = service.image(stage)
    text = Commit(git=git, sha=sha).text(file)
    try:
        return read_image(text, file=file).digest if text is not None else None
    except Refused:
        return None
