"""What a change does to AWS: `review(before, after)`, environment by environment."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from review.stacks import plan
from review.stacks.cascade import cascaded
from review.stacks.change import Action, Change
from review.stacks.comparison import compare, settings
from review.stacks.dangers import findings
from review.stacks.finding import Finding
from review.stacks.replacing import table
from review.stacks.stack import Stack

Status = Literal["added", "changed", "removed", "unchanged"]
Source = Literal["synthesis", "plan"]


@dataclass(frozen=True, kw_only=True)
class StackReview:
    """One stack of an environment, changed or not.

    source: what its changes were read from.
    dependencies: the stacks that must stand before it.
    resources: how many it has afterwards; before, where it goes.
    """

    name: str
    status: Status
    source: Source
    dependencies: tuple[str, ...]
    resources: int
    changes: tuple[Change, ...]

    @property
    def counts(self) -> Mapping[Action, int]:
        """How many resources are added, changed and so on."""
        return Counter(change.action for change in self.changes if change.is_resource)


@dataclass(frozen=True, kw_only=True)
class EnvironmentReview:
    """One environment, or `account` for the stacks that an account has once."""

    name: str
    status: Status
    stacks: tuple[StackReview, ...]

    @property
    def changed(self) -> tuple[StackReview, ...]:
        """The stacks in which something happens."""
        return tuple(stack for stack in self.stacks if stack.status != "unchanged")


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a change does to AWS.

    base, head: the revisions, in words for people.
    provider: which provider said what forces a new resource, as `hashicorp/aws 5.100.0`.
    findings: dangers first.
    """

    base: str
    head: str
    provider: str
    environments: tuple[EnvironmentReview, ...]
    findings: tuple[Finding, ...]

    @property
    def dangers(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "danger")

    @property
    def notices(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity == "notice")

    @property
    def changes(self) -> Iterator[Change]:
        """Every change of every stack."""
        for environment in self.environments:
            for stack in environment.stacks:
                yield from stack.changes


def review(
    before: Mapping[str, Stack],
    after: Mapping[str, Stack],
    *,
    base: str = "before",
    head: str = "after",
    names: Collection[str] = (),
    plans: Mapping[str, plan.Plan] | None = None,
) -> Review:
    """Compare the stacks of two revisions. names: environments; all, where none is named.

    plans: Terraform's own by stack, which say more than the comparison can; they take its place.
    """
    stacks = sorted({**before, **after}.values(), key=lambda stack: stack.name)
    wanted = names or {stack.environment for stack in stacks}
    listed = {
        name: [stack.name for stack in stacks if stack.environment == name]
        for name in _ordered(wanted)
    }
    of_interest = [name for own in listed.values() for name in own]
    changes = _changes(before, after, of_interest=of_interest, plans=plans or {})
    environments = tuple(
        EnvironmentReview(
            name=environment,
            status=_status(
                any(name in before for name in own),
                any(name in after for name in own),
                any(changes[name] for name in own),
            ),
            stacks=tuple(
                _stack(
                    name,
                    before,
                    after,
                    changes[name],
                    planned=name in (plans or {}) and name in after,
                )
                for name in own
            ),
        )
        for environment, own in listed.items()
    )
    return Review(
        base=base,
        head=head,
        provider=table()[0],
        environments=environments,
        findings=tuple(findings(changes, before=before, after=after)),
    )


def _changes(
    before: Mapping[str, Stack],
    after: Mapping[str, Stack],
    *,
    of_interest: Collection[str],
    plans: Mapping[str, plan.Plan],
) -> dict[str, tuple[Change, ...]]:
    """Every change of the stacks of interest, by stack."""
    compared: list[Change] = []
    planned: list[Change] = []
    for name in of_interest:
        old, new = before.get(name), after.get(name)
        if name in plans and new:
            planned += [*plan.changes(plans[name], stack=new), *settings(old or new, new)]
        else:
            compared += compare(old, new)
    unplanned = {name: stack for name, stack in after.items() if name not in plans}
    wanted = {name: stack for name, stack in unplanned.items() if name in of_interest}
    found: dict[str, list[Change]] = {name: [] for name in of_interest}
    for change in (*planned, *cascaded(compared, before=before, after=wanted)):
        found[change.stack].append(change)
    return {
        name: tuple(sorted(own, key=lambda change: change.address)) for name, own in found.items()
    }


def _stack(
    name: str,
    before: Mapping[str, Stack],
    after: Mapping[str, Stack],
    changes: tuple[Change, ...],
    *,
    planned: bool,
) -> StackReview:
    stack = after.get(name) or before[name]
    return StackReview(
        name=name,
        status=_status(name in before, name in after, bool(changes)),
        source="plan" if planned else "synthesis",
        dependencies=stack.dependencies,
        resources=len(stack.resources),
        changes=changes,
    )


def _status(was: bool, is_now: bool, changed: bool) -> Status:
    if was and is_now:
        return "changed" if changed else "unchanged"
    return "added" if is_now else "removed"


def _ordered(names: Collection[str]) -> list[str]:
    """In the order in which people think of them; others last."""
    known = ("account", "dev", "staging", "prod")
    return sorted(names, key=lambda each: (known.index(each) if each in known else 9, each))
