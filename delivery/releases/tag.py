"""The tag of an image: a semantic version, or the commit that was built."""

import re

NUMBER = r"(?:0|[1-9][0-9]*)"
PART = rf"(?:{NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
# https://semver.org without build metadata: a tag has no letter "+"
# (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests).
VERSION = re.compile(rf"v?({NUMBER})\.({NUMBER})\.({NUMBER})(?:-({PART}(?:\.{PART})*))?")
SHA = re.compile(r"[0-9a-f]{7,40}")
LONGEST = 128

Precedence = tuple[int, int, int, bool, tuple[tuple[bool, int, str], ...]]


def tag_fault(tag: str) -> str | None:
    """Why it names no build of ours, and the mend; None if it does."""
    if tag == "latest":
        return '"latest" names no build. Write the version or the commit that was built.'
    if len(tag) <= LONGEST and (VERSION.fullmatch(tag) or SHA.fullmatch(tag)):
        return None
    mend = "Write one such as 1.4.0, or 7 to 40 letters of the commit in lower case."
    return f"{tag!r} is neither a semantic version nor a commit. {mend}"


def precedence(tag: str) -> Precedence | None:
    """By what versions are ordered; None for a tag that is no version."""
    match = VERSION.fullmatch(tag) if len(tag) <= LONGEST else None
    if not match:
        return None
    major, minor, patch, before = match.groups()
    parts = tuple(
        (False, int(part), "") if part.isdecimal() else (True, 0, part)
        for part in (before or "").split(".")
        if part
    )
    return int(major), int(minor), int(patch), before is None, parts


def newer(tag: str, other: str) -> bool | None:
    """Whether `tag` is the newer version; None where no version says so: for two commits, for a
    commit and a version, and for the same version.
    """
    one, two = precedence(tag), precedence(other)
    if one is None or two is None or one == two:
        return None
    return one > two
