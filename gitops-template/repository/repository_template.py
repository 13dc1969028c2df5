"""The GitOps repository's own answers, and what follows from them."""

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

sys.path.append(str(Path(__file__).parent.parent))

from repository_facts import ENVIRONMENTS, PRODUCTION, first_facts
from scaffolding.answers import Rule, one_of
from scaffolding.names import github_fault, name_fault
from scaffolding.template import Template

LONGEST_REPOSITORY = 100  # GitHub's own limit
# The longest name below it, `monitoring.staging.<domain>`, has a certificate of its own, and a
# certificate's first name has at most 64 letters (RFC 5280, ub-common-name).
LONGEST_DOMAIN = 64 - len("monitoring.staging.")
DOMAIN_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
KUBERNETES_VERSIONS = ("1.36", "1.35")  # those that the platform takes
SECONDS = 10  # git is asked one thing about its own files


def _repository_fault(text: str) -> str | None:
    return name_fault(text, longest=LONGEST_REPOSITORY)


def _address_fault(text: str) -> str | None:
    if re.match(r"https?://[^/]*@", text):
        return "has a user or password in it. Take it out: this repository is read by many."
    if text == "" or re.fullmatch(
        r"(https://|ssh://git@|git@)[\w.-]+(:[0-9]+)?[:/][\w./-]+", text, re.ASCII
    ):
        return None
    return f'{text!r} is no git address. Write one such as "https://github.com/<owner>/<name>.git".'


def _branch_fault(text: str) -> str | None:
    if re.fullmatch(r"[a-zA-Z0-9][\w./-]*", text, re.ASCII) and text != "HEAD":
        return None
    return f'{text!r} is no branch. Write one such as "main".'


def _domain_fault(text: str) -> str | None:
    if re.fullmatch(rf"{DOMAIN_LABEL}(\.{DOMAIN_LABEL})+", text) and len(text) <= LONGEST_DOMAIN:
        return None
    mend = f'Write one such as "tribe.example.com", lower case, at most {LONGEST_DOMAIN} letters.'
    return f"{text!r} is not a domain. {mend}"


def _region_fault(text: str) -> str | None:
    if re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]", text):
        return None
    return f'{text!r} is not an AWS region. Write one such as "eu-central-1".'


def _account_fault(text: str) -> str | None:
    if re.fullmatch(r"[0-9]{12}", text):
        return None
    return f"{text!r} is not an AWS account id. Write its twelve digits, with leading zeros."


class RepositoryTemplate(Template):
    """The rules of the repository's answers."""

    rules: ClassVar[Mapping[str, Rule]] = {
        "repository_name": _repository_fault,
        "organisation": github_fault,
        "repository_url": _address_fault,
        "branch": _branch_fault,
        "platform_repository": _repository_fault,
        "platform_team": github_fault,
        "domain": _domain_fault,
        "region": _region_fault,
        "registry_account_id": _account_fault,
        "dev_account_id": _account_fault,
        "staging_account_id": _account_fault,
        "prod_account_id": _account_fault,
        "kubernetes_version": one_of(*KUBERNETES_VERSIONS),
        "example_services": one_of("no", "yes"),
    }

    def target(self, answers: Mapping[str, str]) -> str:
        return answers["repository_name"]

    def faults(self, answers: Mapping[str, str], *, output_dir: Path) -> Iterable[str]:
        target = output_dir / answers["repository_name"]
        if target.exists() or target.is_symlink():
            mend = f"`tribe update {target}` brings it up to date and keeps its edits."
            yield f"repository_name: {target} exists already. {mend}"
        for environment in ENVIRONMENTS:
            account = f"{environment}_account_id"
            if environment != PRODUCTION and answers[account] == answers["prod_account_id"]:
                mend = "Give prod an account of its own: no policy parts what shares one."
                yield f"{account}: is prod's, {answers[account]}. {mend}"

    def derive(self, answers: Mapping[str, str], *, output_dir: Path) -> Mapping[str, Any]:
        organisation = answers["organisation"]
        address = f"https://github.com/{organisation}/{answers['repository_name']}.git"
        return {
            "repository_url": answers["repository_url"] or address,
            "platform_url": f"https://github.com/{organisation}/{answers['platform_repository']}",
            "platform_owners": f"@{organisation}/{answers['platform_team']}",
            "facts": {
                environment: first_facts(environment, answers) for environment in ENVIRONMENTS
            },
            "template_revision": _revision(Path(__file__).parent.parent),
            "answers": dict(answers),
        }


def _revision(folder: Path) -> str:
    """The git tree of the templates, by which `tribe update` finds them again; "" if it has none.

    The tree and not the commit: it outlives a rebase and a squash. Uncommitted work has none.
    """
    if _git(folder, "status", "--porcelain", "--", "."):
        return ""
    return _git(folder, "rev-parse", "--verify", "--quiet", "HEAD:./")


def _git(folder: Path, *arguments: str) -> str:
    try:
        asked = subprocess.run(
            ("git", "-C", str(folder), *arguments),
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip()
