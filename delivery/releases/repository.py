"""The GitOps repository that a command works on: a checkout, its stages and its services."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from delivery.releases.commit import Commit
from delivery.releases.git import Git, GitFailed
from delivery.releases.refusal import Refused
from delivery.releases.service_folder import NAME, ServiceFolder
from review.could_not_run import CouldNotRun

# The order of promotion. A repository may have fewer.
STAGES = ("dev", "staging", "prod")
ANSWERS = ".scaffold.yaml"
# By what a repository is known.
NEEDED = (ANSWERS, "charts/service/Chart.yaml")
REMOTE = "origin"


class NoGitOpsRepository(CouldNotRun):
    """The folder is in no git repository, or in one of another kind."""


@dataclass(frozen=True, kw_only=True)
class Repository:
    """head: what is checked out, as it was when the command began."""

    git: Git
    head: Commit

    @classmethod
    def opened(cls, folder: Path) -> "Repository":
        """Raises: NoGitOpsRepository; GitFailed, where there is no git."""
        git = Git(folder)
        git.run("--version")
        try:
            root = Git(Path(git.text("rev-parse", "--show-toplevel")))
            head = Commit(git=root, sha=root.text("rev-parse", "--verify", "HEAD^{commit}"))
        except GitFailed as error:
            raise NoGitOpsRepository(
                f"{folder} is no git repository with a commit: {error}"
            ) from None
        missing = [needed for needed in NEEDED if needed not in head.files]
        if missing:
            raise NoGitOpsRepository(
                f"{root.folder} is no GitOps repository of this platform: it has no {missing[0]}. "
                "Run this in one, or name it with --into."
            )
        return cls(git=root, head=head)

    @cached_property
    def followed(self) -> str:
        """The branch that the clusters follow. Raises: NoGitOpsRepository."""
        try:
            branch = yaml.safe_load(self.head.text(ANSWERS) or "")["answers"]["branch"]
        except (yaml.YAMLError, KeyError, TypeError):
            branch = ""
        if not isinstance(branch, str) or not self.git.succeeds(
            "check-ref-format", f"refs/heads/{branch}"
        ):
            raise NoGitOpsRepository(f"{ANSWERS} names no branch: write answers.branch.")
        return branch

    @property
    def checked_out(self) -> str:
        """The branch that is checked out. Raises: Refused, where it is a commit alone."""
        if not self.git.succeeds("symbolic-ref", "--quiet", "HEAD"):
            raise Refused(f"No branch is checked out. Check out {self.followed} first.")
        return self.git.text("symbolic-ref", "--short", "HEAD")

    @property
    def stages(self) -> tuple[str, ...]:
        """Its environments, in the order of promotion."""
        return tuple(
            stage for stage in STAGES if f"environments/{stage}/facts.yaml" in self.head.files
        )

    def stage(self, name: str) -> str:
        """Raises: Refused, with those that there are."""
        if name in self.stages:
            return name
        raise Refused(f"{name!r} is no environment here. Write one of {', '.join(self.stages)}.")

    def before(self, stage: str) -> str | None:
        """The stage that an image comes from."""
        at = self.stages.index(stage)
        return self.stages[at - 1] if at else None

    def service(self, name: str, *, at: Commit) -> ServiceFolder:
        """The service as the commit has it. Raises: Refused, with names that are near."""
        if not NAME.fullmatch(name):
            mend = "Write at most 31 lower case letters, digits and dashes, a letter first."
            raise Refused(f"{name!r} is not a service's name. {mend}")
        there = {service.name: service for service in services(at)}
        if name in there:
            same = [str(service) for service in services(at) if service.name == name]
            if len(same) > 1:
                mend = "A name is one service's alone: rename one of them."
                raise Refused(f"{name} is more than one service: {', '.join(same)}. {mend}")
            return there[name]
        near = difflib.get_close_matches(name, there, n=3)
        mend = f"Did you mean {' or '.join(near)}?" if near else "`tribe service` adds one."
        raise Refused(f"There is no service {name}. {mend}")

    def registry(self, stage: str, *, at: Commit) -> str:
        """The registry that the stage's cluster pulls from. Raises: Refused."""
        file = f"environments/{stage}/facts.yaml"
        try:
            facts: Any = yaml.safe_load(at.text(file) or "")["facts"]
            return str(facts["registry"])
        except (yaml.YAMLError, KeyError, TypeError):
            raise Refused(f"{file} names no registry. `make facts` writes it.") from None

    def refuse_edits(self, folder: str) -> None:
        """Raises: Refused, where something in the folder is not committed; it lists what."""
        listed = self.git.run(
            *("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", folder)
        )
        edits = [entry[3:] for entry in listed.decode(errors="replace").split("\0") if entry[3:]]
        if edits:
            mend = "Commit it, or take it back: it would not be part of this."
            raise Refused(f"Not committed: {', '.join(edits)}. {mend}")

    def require_history(self) -> None:
        """Raises: NoGitOpsRepository, where the checkout knows its last commits alone."""
        if self.git.text("rev-parse", "--is-shallow-repository") == "true":
            mend = "Check it out whole: `git fetch --unshallow`, or fetch-depth: 0 in a workflow."
            raise NoGitOpsRepository(f"{self.git.folder} has not the whole history. {mend}")

    def fetched(self, branch: str) -> Commit:
        """What the branch is at the remote now. Raises: GitFailed."""
        self.git.run("fetch", "--quiet", "--no-tags", REMOTE, f"refs/heads/{branch}")
        return Commit(git=self.git, sha=self.git.text("rev-parse", "FETCH_HEAD^{commit}"))


def services(commit: Commit) -> Iterator[ServiceFolder]:
    """Every service that the commit has, in order."""
    found = {
        tuple(path.split("/")[1:3])
        for path in commit.files
        if path.startswith("services/") and path.count("/") >= 3
    }
    for namespace, name in sorted(found):
        yield ServiceFolder(namespace=namespace, name=name)
