"""What stands around the resources: where the state is, which account, what others read."""

from collections.abc import Iterator

from review.stacks.change import BACKEND, OUTPUT, PROVIDER, Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around

# What a backend is found by. Elsewhere Terraform finds no state, and would make everything again.
PLACE = {"bucket", "key", "region", "path", "workspace_key_prefix", "s3", "local"}

# Arguments of a provider that say where everything is.
WHERE = {"region", "allowed_account_ids", "assume_role", "profile"}


def other_state(change: Change, around: Around) -> Iterator[Alarm]:
    """Terraform would find nothing, and make everything again."""
    if change.kind != BACKEND or not change.stays or around.is_new:
        return
    paths = [argument.path for argument in change.arguments]
    if any(path.rpartition(".")[2] in PLACE for path in paths):
        yield Alarm(f"keeps its state elsewhere ({', '.join(paths)}): migrate it first")
    elif any(
        leaf.name in ("encrypt", "use_lockfile") and not leaf.after for leaf in change.leaves()
    ):
        yield Alarm(f"keeps its state less safely: {', '.join(paths)}")


def other_account(change: Change, around: Around) -> Iterator[Alarm]:
    """Everything of the stack would be looked for elsewhere."""
    if change.kind == PROVIDER and change.stays:
        paths = [each.path for each in change.arguments if each.path.partition("[")[0] in WHERE]
        if paths:
            yield Alarm(f"looks for everything of this stack elsewhere ({', '.join(paths)})")


def output_gone(change: Change, around: Around) -> Iterator[Alarm]:
    """Who reads it will not find it."""
    if change.kind == OUTPUT and change.action == "removed" and around.after:
        yield Alarm("goes: who reads it, the GitOps repository's facts for one, loses it", "notice")


RULES = (other_state, other_account, output_gone)
