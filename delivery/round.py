"""A round of a deployment: every stack whose plan is final now, shown together and then applied.

What a stack plans before one above it was applied is not final. So a round plans a stack only when
none that it needs has anything left to apply; the others wait for the next round, which plans them
again. A round without changes asks nobody, and after one with nothing waiting all is done.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from delivery.plan_file import NotApprovedError, PlanFile, is_applyable
from delivery.stack_folder import StackFolder
from delivery.terraform import Terraform

RECORD = "round.json"


class NotConvergingError(Exception):
    """Stacks that have changes again, however often they are applied."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A stack that was planned. digest: of what its approval means (PlanFile.digest)."""

    name: str
    changes: bool
    digest: str


@dataclass(frozen=True, kw_only=True)
class Round:
    """What was planned at one commit, in the order in which it is applied; what waits for it."""

    commit: str
    planned: tuple[Planned, ...]
    waiting: tuple[str, ...]

    @property
    def changing(self) -> tuple[Planned, ...]:
        return tuple(each for each in self.planned if each.changes)

    def write(self, folder: Path) -> None:
        (folder / RECORD).write_text(self._json())

    @property
    def seal(self) -> str:
        """Binds the approval, given elsewhere, to these plans."""
        return hashlib.sha256(self._json().encode()).hexdigest()

    @classmethod
    def read(cls, folder: Path, *, seal: str, commit: str) -> "Round":
        """The round kept in `folder`. Raises: NotApprovedError where it is not the one sealed."""
        text = (folder / RECORD).read_text()
        if hashlib.sha256(text.encode()).hexdigest() != seal:
            raise NotApprovedError(
                f"{folder / RECORD} is not the one that was approved. Nothing was applied; run all "
                "jobs again."
            )
        record = json.loads(text)
        if record["commit"] != commit:
            raise NotApprovedError(
                f"Approved was commit {record['commit']}, and here is {commit}. Check that one out."
            )
        planned = tuple(Planned(**each) for each in record["planned"])
        return cls(commit=commit, planned=planned, waiting=tuple(record["waiting"]))

    def _json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """Makes and applies rounds of some stacks.

    stacks: each stack's name → those it needs, in the order in which they are applied.
    output: the synthesized stacks. kept: where plan files are kept.
    """

    stacks: Mapping[str, Sequence[str]]
    terraform: Terraform
    output: Path
    kept: Path
    commit: str
    say: Callable[[str], None]

    def plan(self) -> Round:
        """Plan what can be planned now. Raises: TerraformFailed."""
        planned: list[Planned] = []
        unsettled: list[str] = []
        waiting: list[str] = []
        for name, needs in self.stacks.items():
            if any(each in unsettled for each in needs):
                self.say(f"» {name}: waits for {', '.join(n for n in needs if n in unsettled)}")
                waiting.append(name)
                unsettled.append(name)
                continue
            plan = self.plan_file(name)
            plan.make()
            changes = is_applyable(plan.content())
            self.say(f"» {name}: {'has changes' if changes else 'no changes'}")
            if changes:
                unsettled.append(name)
            digest = plan.digest(commit=self.commit)
            planned.append(Planned(name=name, changes=changes, digest=digest))
        made = Round(commit=self.commit, planned=tuple(planned), waiting=tuple(waiting))
        made.write(self.kept)
        return made

    def apply(self, approved: Round) -> None:
        """Apply exactly the plans of this round. Run again, it refuses those it has applied.

        Raises: NotApprovedError, StalePlanError, TerraformFailed.
        """
        for each in approved.changing:
            self.say(f"» {each.name}: applying")
            self.plan_file(each.name).apply(approved=each.digest, commit=self.commit)

    def converge(self) -> None:
        """Round after round until nothing is left, without asking anybody.

        Raises: NotConvergingError, and all that `apply` does.
        """
        for _ in range(len(self.stacks) + 1):
            made = self.plan()
            if not made.changing:
                return
            self.apply(made)
        names = ", ".join(each.name for each in made.changing)
        raise NotConvergingError(
            f"{names}: has changes again after each apply. `make plan` shows which argument."
        )

    def plan_file(self, name: str) -> PlanFile:
        stack = StackFolder.of(name, terraform=self.terraform, output=self.output)
        return PlanFile(stack=stack, folder=self.kept)
