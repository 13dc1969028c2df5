"""A change on a branch of its own, for people to merge: pushed and opened, or left here."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from delivery.releases.commit import Commit
from delivery.releases.git import GitFailed
from delivery.releases.github import gh
from delivery.releases.refusal import Refused
from delivery.releases.repository import REMOTE, Repository
from review.could_not_run import CouldNotRun


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """pull_request: True opens one at GitHub; False makes the branch here, without the network."""

    repository: Repository
    branch: str
    pull_request: bool

    def refuse_what_is_there(self) -> None:
        """Raises: Refused, where the branch exists; GitFailed."""
        git, ref = self.repository.git, f"refs/heads/{self.branch}"
        if git.succeeds("show-ref", "--verify", "--quiet", ref):
            mend = f"Merge it, or remove it: git branch -D {self.branch}"
            raise Refused(f"The branch {self.branch} is here already. {mend}")
        if self.pull_request and git.text("ls-remote", "--heads", REMOTE, ref):
            mend = f"Merge it, or remove it: git push {REMOTE} --delete {self.branch}"
            raise Refused(f"The branch {self.branch} is at {REMOTE} already. {mend}")

    def propose(self, commit: Commit, *, title: str, body: str) -> None:
        """Put the commit on the branch. Raises: CouldNotRun; then the branch is nowhere."""
        git, ref = self.repository.git, f"refs/heads/{self.branch}"
        if not self.pull_request:
            git.run("update-ref", ref, commit.sha, "0" * len(commit.sha))  # it must not exist
            click.echo(f"The branch {self.branch} is made. Next:")
            click.echo(f"    git push {REMOTE} {self.branch}   # and open its pull request")
            return
        # The empty lease: it must not exist there.
        git.run(
            *("push", "--quiet", f"--force-with-lease={ref}:", REMOTE, f"{commit.sha}:{ref}"),
        )
        try:
            click.echo(self._opened(title=title, body=body))
        except (CouldNotRun, KeyboardInterrupt):
            self._take_back()
            raise

    def _opened(self, *, title: str, body: str) -> str:
        """The address of the pull request. The body goes by a file: it has lines and marks."""
        with tempfile.TemporaryDirectory(prefix="tribe-") as folder:
            file = Path(folder, "body.md")
            file.write_text(body)
            return gh(
                self.repository.git.folder,
                *("pr", "create", "--base", self.repository.followed, "--head", self.branch),
                *("--title", title, "--body-file", str(file)),
            )

    def _take_back(self) -> None:
        try:
            self.repository.git.run("push", "--quiet", REMOTE, "--delete", self.branch)
        except GitFailed as error:
            click.secho(f"{self.branch} stays at {REMOTE}: {error}", fg="yellow", err=True)


def base_of(repository: Repository, *, pull_request: bool) -> Commit:
    """Upon what a change is made: what the clusters follow, as it is at the remote now; without a
    pull request, what is checked out. Raises: GitFailed.
    """
    return repository.fetched(repository.followed) if pull_request else repository.head
