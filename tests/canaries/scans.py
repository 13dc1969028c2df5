"""One run of checkov for all canaries of a form: it takes seconds to start, and few for more."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from gates import checkov, finding
from gates.finding import Report
from tests.canaries.canary import Canary, Gate
from tests.platform.rendering import Documents
from tests.synthesis import Stack


class Scans:
    """What the canaries are judged by. Scans run when the first canary asks for them.

    synthesized: the real stacks. platform: what prod's platform Application applies.
    """

    def __init__(
        self,
        catalogue: Sequence[Canary],
        *,
        synthesized: Mapping[str, Stack],
        platform: Documents,
        folder: Path,
    ) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self.synthesized = synthesized
        self.platform = platform

    def folder(self) -> Path:
        """A new empty folder."""
        return Path(tempfile.mkdtemp(dir=self._folder))

    def name(self, canary: Canary) -> str:
        """The name of the canary's own stack, beside those that it was made of."""
        return f"{canary.bad.stack}-canary-{self._catalogue.index(canary)}"

    def stacks_of(self, canary: Canary) -> Report:
        """checkov's word on the canary's stack. Raises: CheckovMissingError."""
        return _only(self._stacks, self.name(canary))

    def manifests_of(self, canary: Canary) -> Report:
        """checkov's word on the canary's manifests. Raises: CheckovMissingError."""
        return _only(self._manifests, self._number(canary))

    def plan_of(self, canary: Canary) -> Report:
        """checkov's word on the canary in a plan. Raises: CheckovMissingError."""
        return _only(self._plan, self._number(canary))

    @staticmethod
    def failures(report: Report) -> list[str]:
        """All that failed: where nothing may be waived."""
        return finding.unwaived(report, waivers={}, everywhere=())

    @cached_property
    def _stacks(self) -> Report:
        asked = (checkov.scan_stacks, finding.unwaived, finding.needless)
        return checkov.scan_stacks(
            {self.name(canary): canary.bad.on(self.synthesized) for canary in self._asking(*asked)}
        )

    @cached_property
    def _manifests(self) -> Report:
        return checkov.scan_manifests(
            {self._number(canary): canary.bad for canary in self._asking(checkov.scan_manifests)}
        )

    @cached_property
    def _plan(self) -> Report:
        modules = [
            _module(self._number(canary), canary.bad) for canary in self._asking(checkov.scan_plan)
        ]
        plan = self.folder() / "plan.json"
        planned = {"root_module": {"child_modules": modules}}
        # checkov takes a file for a plan only where it names the version that made it.
        made = {"format_version": "1.2", "terraform_version": "1.15.5", "planned_values": planned}
        plan.write_text(json.dumps(made))
        return checkov.scan_plan(plan)

    def _asking(self, *gates: Gate) -> list[Canary]:
        return [each for each in self._catalogue if set(gates) & each.rejected_by.keys()]

    def _number(self, canary: Canary) -> str:
        return f"canary-{self._catalogue.index(canary)}"


def _module(name: str, resource: Mapping[str, object]) -> dict[str, object]:
    """A resource as a plan in JSON has it, in a module of that name."""
    address = f"module.{name}.{resource['type']}.canary"
    whole = {"mode": "managed", "name": "canary", "address": address, **resource}
    return {"address": f"module.{name}", "resources": [whole]}


def _only(report: Report, stack: str) -> Report:
    """The part of a report that is about one stack. Raises: LookupError where there is none."""
    failed = {subject: asked for subject, asked in report.failed.items() if subject.stack == stack}
    passed = frozenset(subject for subject in report.passed if subject.stack == stack)
    if not failed and not passed:
        raise LookupError(f"checkov looked at nothing in {stack}")
    return Report(failed=failed, passed=passed)
