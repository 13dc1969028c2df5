"""Generators: which sets of parameters an ApplicationSet gets.

git files, git directories, list, matrix and merge; others need a cluster or a forge, and are
refused.
"""

from collections.abc import Callable, Iterator
from typing import Any

from review.applicationsets import git, templates
from review.applicationsets.refusal import Refused
from review.go_yaml import YamlError
from review.helm import engine
from review.repository import Repository

Parameters = dict[str, Any]


def parameters(generator: dict[str, Any], *, path: str, repository: Repository) -> list[Parameters]:
    """Raises: Refused, FileProblem."""
    kinds = [kind for kind in generator if kind != "selector"]
    if len(kinds) != 1:
        raise Refused.one(f"takes one generator, and has {', '.join(kinds) or 'none'}", path)
    if "selector" in generator:
        raise Refused.one("a selector over what is generated is not evaluated here", path)
    kind = kinds[0]
    if kind not in KINDS:
        raise Refused.one(f"there is no {kind} to ask here: {', '.join(KINDS)} are known", path)
    spec = generator[kind]
    if spec.get("template"):
        raise Refused.one("a template in a generator is not merged here", f"{path}.{kind}.template")
    return KINDS[kind](spec, f"{path}.{kind}", repository)


def _git(spec: dict[str, Any], path: str, repository: Repository) -> list[Parameters]:
    if not repository.owns(spec.get("repoURL", "")):
        here = repository.url or "of which no URL is known"
        raise Refused.one(
            f"{spec.get('repoURL')} is not this repository, {here}", f"{path}.repoURL"
        )
    if spec.get("directories"):  # the controller, too, looks at these first
        return git.directories(spec, path=path, repository=repository)
    if spec.get("files"):
        return git.files(spec, path=path, repository=repository)
    raise Refused.one("needs files or directories", path)


def _list(spec: dict[str, Any], path: str, repository: Repository) -> list[Parameters]:
    elements = list(spec.get("elements") or [])
    if spec.get("elementsYaml"):
        try:
            elements += engine().read(spec["elementsYaml"]) or []
        except (YamlError, TypeError) as error:
            raise Refused.one(f"is no list of objects: {error}", f"{path}.elementsYaml") from error
    for number, each in enumerate(elements):
        if not isinstance(each, dict):
            raise Refused.one("is no object", f"{path}.elements[{number}]")
    return elements


def _children(spec: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, generator in enumerate(spec.get("generators") or []):
        yield f"{path}.generators[{number}]", generator


def _matrix(spec: dict[str, Any], path: str, repository: Repository) -> list[Parameters]:
    """Each of the first with each of the second, which may use the first one's parameters."""
    children = list(_children(spec, path))
    if len(children) != 2:
        raise Refused.one(f"takes two generators, and has {len(children)}", path)
    (first_path, first), (second_path, second) = children
    result = []
    for outer in parameters(first, path=first_path, repository=repository):
        filled = templates.render(second, [outer], path=second_path)[0] if outer else second
        for inner in parameters(filled, path=second_path, repository=repository):
            result.append(_joined(inner, outer, path))
    return result


def _joined(one: Any, other: Any, path: str) -> Any:
    """Both; a parameter that both give, with different values, has no value to rely on."""
    result = dict(one)
    for key, value in other.items():
        if isinstance(result.get(key), dict) and isinstance(value, dict):
            result[key] = _joined(result[key], value, path)
        elif key in result and result[key] != value:
            raise Refused.one(
                f"both generators give the parameter {key}; two git generators need a"
                " pathParamPrefix",
                path,
            )
        else:
            result[key] = value
    return result


def _merge(spec: dict[str, Any], path: str, repository: Repository) -> list[Parameters]:
    """The first generator's, each overridden by those of the others that have the same keys."""
    children = list(_children(spec, path))
    keys = spec.get("mergeKeys") or []
    if len(children) < 2 or not keys:
        raise Refused.one("takes two generators or more, and mergeKeys", path)
    base, *others = [
        _by_keys(parameters(child, path=at, repository=repository), keys, at)
        for at, child in children
    ]
    for other in others:
        for key in base:
            if key in other:
                base[key] = _overridden(base[key], other[key], path)
    return list(base.values())


def _by_keys(sets: list[Parameters], keys: list[str], path: str) -> dict[str, Parameters]:
    result: dict[str, Parameters] = {}
    for each in sets:
        key = repr([each.get(name) for name in keys])
        if key in result:
            raise Refused.one(f"two sets have the same {', '.join(keys)}: {key}", path)
        result[key] = each
    return result


def _overridden(base: Any, other: Any, path: str) -> Any:
    result = dict(base)
    for key, value in other.items():
        if isinstance(result.get(key), dict) and isinstance(value, dict):
            result[key] = _overridden(result[key], value, path)
        elif key in result and result[key] and not value:
            raise Refused.one(f"an empty {key} is not sure to override another value", path)
        else:
            result[key] = value
    return result


KINDS: dict[str, Callable[[dict[str, Any], str, Repository], list[Parameters]]] = {
    "git": _git,
    "list": _list,
    "matrix": _matrix,
    "merge": _merge,
}
