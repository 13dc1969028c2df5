"""One rehearsal: stacks applied to the emulator in their order, planned again, destroyed."""

import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from delivery.terraform import Terraform
from rehearsal.change import Change, changes
from rehearsal.copies import STATE, Copies
from rehearsal.emulator import Emulator
from rehearsal.graph import reverse, run_graph
from rehearsal.stack import Stack

APPLY_SECONDS = 300
PLAN_SECONDS = 120
DESTROY_SECONDS = 300
READ_SECONDS = 60

WORKERS = 6
"""Stacks at one time: more than a small machine has cores, because most of an apply is waiting."""

PLANNERS = 3
"""Stacks planned at one time: a plan is mostly work."""

SECOND_PLAN = "second.tfplan"
NO_CHANGES = "No changes. Your infrastructure matches the configuration."

ONCE = ("-input=false", "-no-color", "-lock=false", "-parallelism=40")
"""The state is fresh and nobody else's, and what takes long is waiting."""


Result = TypeVar("Result")


class Done(NamedTuple):
    """What was done with one stack, for someone who watches."""

    name: str
    resources: int
    seconds: float


class Rehearsal:
    """The stacks of one rehearsal, and what is done with them.

    stacks: in any order, with all that they depend on among them.
    """

    def __init__(self, stacks: Collection[Stack], *, copies: Copies, emulator: Emulator) -> None:
        self.copies = copies
        self.terraform = Terraform(
            environment={**copies.provider.environment, **emulator.environment}
        )
        self.removed: dict[str, frozenset[str]] = {}
        """Stack → addresses that were not applied, because no emulator implements them."""
        self._graph = {stack.name: stack.dependencies for stack in stacks}
        copies.write(stacks)

    def apply(self, *, on_done: Callable[[Done], None] = lambda done: None) -> None:
        """Apply every stack, each after those that it depends on."""

        def work(name: str) -> None:
            begun = time.monotonic()
            with self.copies.reduced(name) as self.removed[name]:
                self._run("apply", "-auto-approve", *ONCE, name=name, seconds=APPLY_SECONDS)
            on_done(Done(name, self.standing(name).total(), time.monotonic() - begun))

        self._each(work, graph=self._graph, workers=WORKERS)

    def plan_again(self, names: Collection[str] | None = None) -> Mapping[str, list[Change]]:
        """Plan the named stacks (or all) a second time: name → what that plan would change."""

        def work(name: str) -> list[Change]:
            said = self._run("plan", f"-out={SECOND_PLAN}", *ONCE, name=name, seconds=PLAN_SECONDS)
            if NO_CHANGES in said:
                return []
            plan = self._run("show", "-json", SECOND_PLAN, name=name, seconds=READ_SECONDS)
            return changes(json.loads(plan), schema=self.copies.schema)

        graph = dict.fromkeys(names or self._graph, ())
        return self._each(work, graph=graph, workers=PLANNERS)

    def destroy(
        self, names: Collection[str], *, on_done: Callable[[Done], None] = lambda done: None
    ) -> None:
        """Destroy the named stacks, each after those that stand on it."""

        def work(name: str) -> None:
            begun = time.monotonic()
            count = self.standing(name).total()
            self._run("destroy", "-auto-approve", *ONCE, name=name, seconds=DESTROY_SECONDS)
            on_done(Done(name, count, time.monotonic() - begun))

        standing_on = reverse(self._graph)
        graph = {name: [each for each in standing_on[name] if each in names] for name in names}
        self._each(work, graph=graph, workers=WORKERS)

    def standing(self, name: str) -> Counter[str]:
        """How many resources of each type stand, by the stack's state."""
        counts: Counter[str] = Counter()
        for resource in self._state(name)["resources"]:
            if resource["mode"] == "managed":
                counts[resource["type"]] += len(resource["instances"])
        return counts

    def outputs(self, name: str) -> dict[str, object]:
        """The stack's outputs by name."""
        return {key: output["value"] for key, output in self._state(name)["outputs"].items()}

    def _state(self, name: str) -> dict[str, Any]:
        return json.loads((self.copies.folder_of(name) / STATE).read_text())

    def _each(
        self, work: Callable[[str], Result], *, graph: Mapping[str, Iterable[str]], workers: int
    ) -> dict[str, Result]:
        return run_graph(graph, work, workers=workers, on_failure=self.terraform.stop)

    def _run(self, *arguments: str, name: str, seconds: float) -> str:
        return self.terraform.run(*arguments, folder=self.copies.folder_of(name), seconds=seconds)
