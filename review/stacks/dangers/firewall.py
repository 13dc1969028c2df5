"""What the web application firewall lets through."""

from collections.abc import Iterator, Mapping
from typing import Any

from review.stacks.change import Change
from review.stacks.dangers.alarm import Alarm
from review.stacks.dangers.around import Around
from review.stacks.values import block, blocks

KIND = "aws_wafv2_web_acl"

# What a rule does, the weaker first. A group of rules does what they say (`none`), or counts.
STRENGTH = {"allow": 0, "count": 1, "captcha": 2, "challenge": 2, "none": 3, "block": 3}

# Types that bring the firewall to work, by the argument that names what they are for.
PARTS = {
    "aws_wafv2_web_acl_association": ("resource_arn", "the firewall no longer stands before it"),
    "aws_wafv2_web_acl_logging_configuration": (
        "resource_arn",
        "what the firewall does is no longer logged",
    ),
}


def firewall_rule_gone(change: Change, around: Around) -> Iterator[Alarm]:
    """A rule is gone, or only counts what it blocked."""
    if change.kind != KIND or not change.stays:
        return
    old, new = _rules(change.before), _rules(change.after)
    for name, rule in old.items():
        if name not in new:
            yield Alarm(f"loses the rule {name}")
            continue
        was, becomes = _action(rule), _action(new[name])
        if STRENGTH.get(becomes, 0) < STRENGTH.get(was, 0):
            yield Alarm(f"lets through what it stopped: the rule {name} {was} → {becomes}")
        more = _overridden(new[name]) - _overridden(rule)
        if more:
            yield Alarm(f"lets through what it stopped: {name} without {', '.join(sorted(more))}")


def firewall_rate(change: Change, around: Around) -> Iterator[Alarm]:
    """One address may ask more often."""
    if change.kind == KIND and change.stays:
        for leaf in change.leaves():
            numbers = isinstance(leaf.before, int) and isinstance(leaf.after, int)
            if numbers and leaf.name == "limit" and leaf.after > leaf.before:
                yield Alarm(f"lets one address ask more often: {leaf.before} → {leaf.after}")


def firewall_default(change: Change, around: Around) -> Iterator[Alarm]:
    """What no rule knows is let through."""
    if change.kind == KIND and change.stays:
        old, new = (
            _action({"action": side("default_action")}) for side in (change.old, change.new)
        )
        if STRENGTH.get(new, 0) < STRENGTH.get(old, 0):
            yield Alarm(f"lets through what no rule knows: {old} → {new}")


def firewall_away(change: Change, around: Around) -> Iterator[Alarm]:
    """The firewall goes, or nothing passes it any longer."""
    if change.action != "removed" or not around.after:
        return
    if change.kind == KIND:
        yield Alarm("goes, with all its rules")
    argument, loss = PARTS.get(change.kind, ("", ""))
    if loss and around.outlived(change, argument):
        yield Alarm(f"goes: {loss}")


def _rules(arguments: Mapping[str, Any] | None) -> dict[str, dict[str, Any]]:
    return {str(rule.get("name")): rule for rule in blocks((arguments or {}).get("rule"))}


def _action(rule: Mapping[str, Any]) -> str:
    """`block`, `count` … ; a plan names all of them, and fills the one that is meant."""
    for argument in ("action", "override_action"):
        named = block(rule.get(argument))
        filled = [name for name, value in named.items() if value not in (None, [])]
        if filled:
            return filled[0]
    return ""


def _overridden(rule: Mapping[str, Any]) -> set[str]:
    """Rules of a group that only count, or let through, by an override."""
    group = block(block(rule.get("statement")).get("managed_rule_group_statement"))
    return {
        str(each.get("name"))
        for each in blocks(group.get("rule_action_override"))
        if {"count", "allow"}
        & {name for name, value in block(each.get("action_to_use")).items() if value != []}
    }


RULES = (firewall_rule_gone, firewall_rate, firewall_default, firewall_away)
