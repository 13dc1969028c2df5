"""The three kinds of glob that Argo CD uses, as regular expressions."""

import re
from functools import cache
from re import Pattern


class BadGlob(ValueError):
    """A pattern that is none."""


@cache
def doublestar(pattern: str) -> Pattern[str]:
    """Files of ApplicationSets (with the new globbing) and value files: `*` stops at a slash, `**`
    as a whole path segment does not. https://pkg.go.dev/github.com/bmatcuk/doublestar/v4
    """
    return _compiled(pattern, star="[^/]*", double=True)


@cache
def path_match(pattern: str) -> Pattern[str]:
    """Directories of ApplicationSets: Go's path.Match, in which `**` is no more than `*`."""
    return _compiled(pattern, star="[^/]*", double=False)


@cache
def directory_files(pattern: str) -> Pattern[str]:
    """`include` and `exclude` of plain directories: `*` crosses slashes, `{a,b}` is either.
    https://argo-cd.readthedocs.io/en/stable/user-guide/directory/
    """
    return _compiled(pattern, star=".*", double=False)


def is_glob(path: str) -> bool:
    return any(character in path for character in "*?[")


def _compiled(pattern: str, *, star: str, double: bool) -> Pattern[str]:
    try:
        return re.compile(_translate(pattern, star=star, double=double), re.DOTALL)
    except re.error as error:
        raise BadGlob(f"{pattern} is no pattern of file names") from error


def _translate(pattern: str, *, star: str, double: bool) -> str:
    any_one = "." if star == ".*" else "[^/]"
    result, index, depth = "", 0, 0
    while index < len(pattern):
        rest = pattern[index:]
        character = pattern[index]
        if double and (index == 0 or pattern[index - 1] == "/") and rest.startswith("**/"):
            result, index = f"{result}(?:[^/]+/)*", index + 3
            continue
        if double and (index == 0 or pattern[index - 1] == "/") and rest == "**":
            result, index = f"{result}.*", index + 2
            continue
        if character == "*":
            while pattern[index + 1 : index + 2] == "*":
                index += 1
            result += star
        elif character == "?":
            result += any_one
        elif character == "[" and (found := re.match(r"\[([!^]?)([^\]]+)\]", rest)):
            result += f"[{'^' if found[1] else ''}{found[2]}]"
            index += len(found[0]) - 1
        elif character == "{":
            result, depth = f"{result}(?:", depth + 1
        elif character == "}" and depth:
            result, depth = f"{result})", depth - 1
        elif character == "," and depth:
            result += "|"
        elif character == "\\" and len(rest) > 1:
            index += 1
            result += re.escape(pattern[index])
        else:
            result += re.escape(character)
        index += 1
    return result
