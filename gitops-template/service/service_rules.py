"""What each answer may be, by itself."""

import re
from collections.abc import Mapping

from scaffolding.answers import Rule, one_of
from scaffolding.names import github_fault, name_fault

# What stacks/services.py leaves to a name within an IAM role's 64 letters; the chart has it too.
LONGEST = 31
# What the chart puts behind a service's name: Services of a second version, and its files.
SUFFIXES = ("-preview", "-ping", "-pong", "-files")
PEER = r"((api|frontend|ai)-services/)?[a-z]([a-z0-9-]{0,29}[a-z0-9])?"
# Letters of an ALB's path conditions that need no escape anywhere.
PATH = r"/|(/[A-Za-z0-9_.~-]+)+"
LONGEST_PATH = 100
TAG = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
DIGEST = r"sha256:[0-9a-f]{64}"


def listed(answer: str) -> list[str]:
    """The parts of an answer with commas."""
    return [part.strip() for part in answer.split(",") if part.strip()]


def service_name_fault(text: str) -> str | None:
    """Why no service can be called so, and the mend."""
    if fault := name_fault(text, longest=LONGEST):
        return fault
    if text.endswith(SUFFIXES):
        return (
            f"{text!r} ends like what the chart makes beside another service. Write it without "
            f"{', '.join(SUFFIXES)}."
        )
    return None


def _path_fault(text: str) -> str | None:
    if not text or (re.fullmatch(PATH, text) and len(text) <= LONGEST_PATH):
        return None
    return f'{text!r} is not a path. Write one such as "/orders", at most {LONGEST_PATH} letters.'


def _number(low: int, high: int) -> Rule:
    def rule(text: str) -> str | None:
        if not text or (re.fullmatch(r"[1-9][0-9]{0,4}", text) and low <= int(text) <= high):
            return None
        return f"{text!r} is not a port. Write a number of {low} to {high}."

    return rule


def _peers_fault(text: str) -> str | None:
    wrong = [part for part in listed(text) if not re.fullmatch(PEER, part)]
    if not wrong:
        return None
    return f"{wrong[0]!r} names no service. Write its name, or its namespace, a slash and its name."


def _tag_fault(text: str) -> str | None:
    if text == "latest":
        return '"latest" names no version. Write the version or the commit that was built.'
    if not text or re.fullmatch(TAG, text):
        return None
    return f"{text!r} is not a tag of an image. Write the version or the commit that was built."


def _digest_fault(text: str) -> str | None:
    if not text or re.fullmatch(DIGEST, text):
        return None
    return f'{text!r} is not a digest. Write "sha256:" and its 64 letters.'


def _or_empty(rule: Rule) -> Rule:
    """For an answer whose emptiness means: what the class has."""
    return lambda text: rule(text) if text else None


def _any(_: str) -> None:
    return None


RULES: Mapping[str, Rule] = {
    "name": service_name_fault,
    "service_class": one_of("api", "frontend", "ai", "worker"),
    "team": github_fault,
    "strategy": one_of("rolling", "blueGreen", "canary"),
    "exposure": _or_empty(one_of("none", "internal", "path", "nodePort", "loadBalancer")),
    "path": _path_fault,
    "node_port": _number(30000, 32767),
    "port": _number(1, 65535),
    "health_command": _any,
    "queue": _or_empty(one_of("none", "sqs", "prometheus")),
    "queue_query": _any,
    "callers": _peers_fault,
    "calls": _peers_fault,
    "environments": _any,  # held against the repository's own
    "image_tag": _tag_fault,
    "image_digest": _digest_fault,
}
