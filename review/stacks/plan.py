"""Terraform's own plan of a stack, as `terraform show -json` prints it.

https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from review.could_not_run import CouldNotRun
from review.stacks.argument import KNOWN_LATER, SENSITIVE, differences
from review.stacks.change import Action, Change
from review.stacks.replacing import Replacing, replacing
from review.stacks.stack import Stack
from review.stacks.values import normalised

ANOTHER = "(sensitive value, another one)"
"""What a sensitive value becomes."""

ACTIONS: Mapping[tuple[str, ...], Action] = {
    ("create",): "added",
    ("update",): "changed",
    ("delete",): "removed",
    ("forget",): "forgotten",
    ("create", "delete"): "replaced",
    ("delete", "create"): "replaced",
}

Plan = Mapping[str, Any]


class PlanUnreadableError(CouldNotRun):
    """A file is no whole plan in JSON, or belongs to no stack; the message names the file."""


def read(folder: Path, *, stacks: Sequence[str]) -> dict[str, Plan]:
    """The plans of a folder, each called `<stack>.json`, by stack.

    Raises: PlanUnreadableError.
    """
    plans = {}
    for file in sorted(folder.glob("*.json")):
        if file.stem not in stacks:
            raise PlanUnreadableError(
                f"{file}: there is no stack {file.stem}. A plan is called <stack>.json; the stacks "
                f"are {', '.join(sorted(stacks))}."
            )
        plans[file.stem] = _plan(file)
    if not plans:
        raise PlanUnreadableError(f"{folder} holds no plan: they are called <stack>.json.")
    return plans


def _plan(file: Path) -> Plan:
    mend = "Write it with `terraform show -json <plan file>`."
    try:
        plan = json.loads(file.read_text())
    except ValueError as error:
        raise PlanUnreadableError(f"{file} is no JSON ({error}). {mend}") from None
    if not isinstance(plan, dict) or "format_version" not in plan or "planned_values" not in plan:
        raise PlanUnreadableError(f"{file} is no plan of Terraform's in JSON. {mend}")
    if plan.get("errored"):
        raise PlanUnreadableError(f"{file}: the plan stopped at an error, so it is not whole.")
    return plan


def changes(plan: Plan, *, stack: Stack) -> Iterator[Change]:
    """What the plan does to each resource of `stack`."""
    for planned in plan.get("resource_changes", []):
        change = planned["change"]
        action = ACTIONS.get(tuple(change["actions"]))
        previous = planned.get("previous_address", "")
        if planned["mode"] != "managed" or not (action or previous):
            continue
        deposed = f" (deposed {planned['deposed']})" if planned.get("deposed") else ""
        yield _change(
            Change(
                environment=stack.environment,
                stack=stack.name,
                address=f"{planned['address']}{deposed}",
                kind=planned["type"],
                action="moved" if previous and action in (None, "changed") else action or "moved",
                moved_from=previous,
            ),
            planned=change,
        )


def _change(change: Change, *, planned: Mapping[str, Any]) -> Change:
    old, new = planned.get("before"), planned.get("after")
    known = _later(new, planned.get("after_unknown"))
    before = normalised(_masked(old, planned.get("before_sensitive"), other=old))
    after = normalised(_masked(known, planned.get("after_sensitive"), other=old))
    if before is None or after is None:
        return replace(change, before=before, after=after)
    forcing = Replacing(changed=[_path(steps) for steps in planned.get("replace_paths", [])])
    is_set = (replacing(change.kind) or Replacing()).is_set
    arguments = tuple(
        replace(
            argument,
            replaces=forcing.replaced_by(
                argument.path, before=True, after=argument.after or argument.before
            ),
        )
        for argument in differences(before, after, is_set=is_set)
    )
    return replace(change, before=before, after=after, arguments=arguments)


def _path(steps: Sequence[str | int]) -> str:
    return ".".join(step for step in steps if isinstance(step, str))


def _later(value: Any, unknown: Any) -> Any:
    """The planned value, with what AWS will decide named as such."""
    match unknown:
        case True:
            return KNOWN_LATER
        case dict():
            own = value if isinstance(value, dict) else {}
            keys = [*own, *(key for key in unknown if key not in own)]
            found = {key: _later(own.get(key), unknown.get(key)) for key in keys}
            return found if found or value is not None else None
        case list():
            own = value if isinstance(value, list) else []
            longest = max(len(own), len(unknown))
            return [
                _later(*(side[at] if at < len(side) else None for side in (own, unknown)))
                for at in range(longest)
            ]
    return value


def _masked(value: Any, sensitive: Any, *, other: Any) -> Any:
    """The value without what must not be shown. other: the same one before."""
    match sensitive, value:
        case _, None:
            return None
        case True, _:
            return SENSITIVE if value == other else ANOTHER
        case dict(), dict():
            old = other if isinstance(other, dict) else {}
            return {
                key: _masked(inner, sensitive.get(key), other=old.get(key))
                for key, inner in value.items()
            }
        case list(), list():
            old = other if isinstance(other, list) else []
            return [
                _masked(
                    inner,
                    sensitive[at] if at < len(sensitive) else None,
                    other=old[at] if at < len(old) else None,
                )
                for at, inner in enumerate(value)
            ]
    return value
