"""What a scanner said, about which resource, and whether a waiver answers it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gates.synthesis import Stacks, resources
from stacks.waivers import EVERYWHERE, Everywhere, waivers_of


@dataclass(frozen=True, order=True, kw_only=True)
class Subject:
    """One check on one resource."""

    stack: str
    address: str
    check: str

    def __str__(self) -> str:
        return f"{self.stack} {self.address}: {self.check}"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What one scan looked at.

    failed: subject → what the check asks for, in the scanner's words.
    passed: subjects that the scanner found in order.
    """

    failed: Mapping[Subject, str]
    passed: frozenset[Subject]

    @property
    def resources(self) -> set[tuple[str, str]]:
        """Stack and address of each resource that some check looked at."""
        return {(each.stack, each.address) for each in (*self.failed, *self.passed)}


def waivers_in(stacks: Stacks) -> dict[Subject, str]:
    """The waivers that stand beside resources, with their reasons."""
    return {
        Subject(stack=stack, address=address, check=check): why
        for stack, address, arguments in resources(stacks)
        for check, why in waivers_of(arguments).items()
    }


def unwaived(
    report: Report,
    *,
    waivers: Mapping[Subject, str],
    everywhere: Iterable[Everywhere] = EVERYWHERE,
) -> list[str]:
    """One sentence for each failure that nobody answers for; empty where there is none."""
    return [
        f"{subject} fails: {asked}. Mend it, or waive it beside the resource with stacks.waivers."
        for subject, asked in sorted(report.failed.items())
        if not waivers.get(subject, "").strip()
        and not any(each.covers(stack=subject.stack, check=subject.check) for each in everywhere)
    ]


def needless(
    reports: Iterable[Report],
    *,
    waivers: Mapping[Subject, str],
    everywhere: Iterable[Everywhere] = EVERYWHERE,
) -> list[str]:
    """One sentence for each waiver that answers for no failure in any of the scans."""
    failed = {subject for report in reports for subject in report.failed}
    passed = {subject for report in reports for subject in report.passed}
    # A scan of one environment's plan answers for the same resource in the others.
    like_failed = {_in_any_environment(subject) for subject in failed}
    unused = [
        str(subject)
        for subject in sorted(waivers)
        if subject not in failed
        and (subject in passed or _in_any_environment(subject) not in like_failed)
    ]
    for row in everywhere:
        for pattern in row.stacks:
            only = Everywhere(check=row.check, why=row.why, stacks=(pattern,))
            if not any(only.covers(stack=each.stack, check=each.check) for each in failed):
                unused.append(f"{pattern} everywhere: {row.check}")
    return [f"{each} does not fail. Take its waiver away." for each in unused]


def _in_any_environment(subject: Subject) -> tuple[str, str, str]:
    return subject.stack.partition("-")[2], subject.address, subject.check
