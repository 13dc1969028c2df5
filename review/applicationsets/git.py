"""The git generators, reading the checkout.

https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/
"""

import posixpath
import re
from typing import Any

from review import globs
from review.applicationsets import templates
from review.applicationsets.refusal import Refused
from review.problem import Problem
from review.repository import FileProblem, Repository

Parameters = dict[str, Any]
LONGEST_DNS_NAME = 253


def files(spec: dict[str, Any], *, path: str, repository: Repository) -> list[Parameters]:
    """A set for each object in the files that match, in the order of their paths."""
    found: set[str] = set()
    for item in spec["files"]:
        if not item.get("exclude"):
            found |= set(repository.matching(item["path"]))
    for item in spec["files"]:
        if item.get("exclude"):
            found -= set(repository.matching(item["path"]))
    result = []
    for file in sorted(found):
        for content in _objects(file, repository):
            folder = posixpath.dirname(file) or "."
            place = {
                **_place(folder),
                "filename": posixpath.basename(file),
                "filenameNormalized": _normalized(posixpath.basename(file)),
            }
            result.append({**content, **_prefixed(place, spec)})
    return _with_values(result, spec, path)


def directories(spec: dict[str, Any], *, path: str, repository: Repository) -> list[Parameters]:
    """A set for each directory that matches and that no exclusion matches."""
    wanted = [each["path"] for each in spec["directories"] if not each.get("exclude")]
    unwanted = [each["path"] for each in spec["directories"] if each.get("exclude")]
    result = [
        _prefixed(_place(folder), spec)
        for folder in repository.directories
        if _any(wanted, folder) and not _any(unwanted, folder)
    ]
    return _with_values(result, spec, path)


def _any(patterns: list[str], folder: str) -> bool:
    return any(globs.path_match(pattern).fullmatch(folder) for pattern in patterns)


def _objects(file: str, repository: Repository) -> list[Parameters]:
    """An empty file is one empty object; a list is several."""
    content = repository.yaml(file)
    if content is None:
        return [{}]
    objects = content if isinstance(content, list) else [content]
    if not all(isinstance(each, dict) for each in objects):
        raise FileProblem(
            Problem(
                rule="applicationset", file=file, message="is neither an object nor a list of them"
            )
        )
    return objects


def _place(folder: str) -> Parameters:
    basename = posixpath.basename(folder)
    return {
        "path": folder,
        "basename": basename,
        "basenameNormalized": _normalized(basename),
        "segments": folder.split("/"),
    }


def _normalized(name: str) -> str:
    return re.sub(r"[^-a-z0-9.]", "-", name.lower())[:LONGEST_DNS_NAME].strip("-.")


def _prefixed(place: Parameters, spec: dict[str, Any]) -> Parameters:
    prefix = spec.get("pathParamPrefix")
    return {prefix: {"path": place}} if prefix else {"path": place}


def _with_values(sets: list[Parameters], spec: dict[str, Any], path: str) -> list[Parameters]:
    """`values` may use what else is known; they replace a key `values` of the file."""
    if not spec.get("values"):
        return sets
    if not all(isinstance(value, str) for value in spec["values"].values()):
        raise Refused.one("takes texts alone", f"{path}.values")
    rows = templates.render(spec["values"], sets, path=f"{path}.values")
    return [{**each, "values": row} for each, row in zip(sets, rows, strict=True)]
