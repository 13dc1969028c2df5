"""Which of two semantic versions is the later one. https://semver.org/#spec-item-11"""

import re

VERSION = re.compile(
    r"v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?"
)

Key = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]


def later(one: str, other: str) -> bool | None:
    """Whether `one` comes after `other`; None where one of them is no semantic version."""
    first, second = _key(one), _key(other)
    return None if first is None or second is None else first > second


def _key(version: str) -> Key | None:
    match = VERSION.fullmatch(version)
    if match is None:
        return None
    # A pre-release comes before its release; numbers before words.
    parts = (match[4] or "").split(".") if match[4] else []
    words = tuple((False, int(part), "") if part.isdigit() else (True, 0, part) for part in parts)
    return tuple(int(match[number]) for number in (1, 2, 3)), not words, words
