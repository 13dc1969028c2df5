"""Whether a deployer may do what its stacks are made of."""

from collections.abc import Iterable

from gates.authorization import aims, matching, reaches
from gates.provider_calls import NEEDS
from gates.roles import Role


def lacking(role: Role, *, kinds: Iterable[str], verbs: Iterable[str]) -> list[str]:
    """What a role may not do for resources of these types; Terraform types of AWS alone."""
    allowed = {
        action
        for policy in role.policies
        for statement in policy.statements
        if statement.effect == "Allow"
        for pattern in statement.actions
        for action in matching(pattern)
        if any(reaches(target, statement.resources) for target in aims(action))
    }
    missing = []
    for kind in sorted(set(kinds)):
        if kind not in NEEDS:
            missing.append(
                f"{kind} is new here. Add what it needs to NEEDS in gates/provider_calls.py."
            )
            continue
        missing += [
            f"{role} may not {action}, which {kind} needs."
            for verb in verbs
            for action in NEEDS[kind].to(verb)
            if action.lower() not in allowed
        ]
    return missing
