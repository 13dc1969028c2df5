"""Keys in YAML files that are not read as they are written.

Go's readers let the last of two equal keys win, without a word, and read `on`, `no`, `y` and `n` as
true and false: as keys they become "true" and "false".
"""

from collections.abc import Iterator

import yaml

from review.go_yaml import FALSE, TOO_DEEP, TRUE, refusal
from review.problem import Problem


def check(text: str, *, file: str) -> Iterator[Problem]:
    """The problems with the keys of a text, or the one that it is no YAML."""
    try:
        for node in yaml.compose_all(text, Loader=yaml.CSafeLoader):
            yield from _node(node, file, looked_at=set())
    except yaml.YAMLError as error:
        refused = refusal(error, text)
        yield Problem(rule="yaml", file=file, line=refused.line, message=f"is no YAML: {refused}")
    except RecursionError:
        yield Problem(rule="yaml", file=file, message=f"is no YAML: {TOO_DEEP}")


def _node(node: yaml.Node | None, file: str, *, looked_at: set[int]) -> Iterator[Problem]:
    if id(node) in looked_at:  # by another alias; aliases of aliases grow without end
        return
    looked_at.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _node(each, file, looked_at=looked_at)
    if not isinstance(node, yaml.MappingNode):
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen and key.value != "<<":
                message = f"the key {key.value} is there twice, also in line {seen[key.value]}"
                yield Problem(rule="duplicate-key", file=file, line=line, message=message)
            seen.setdefault(key.value, line)
            read = {True: "true", False: "false"}.get(key.value in TRUE)
            if not key.style and key.value in TRUE | FALSE and key.value != read:
                message = f'the key {key.value} is read as "{read}": put it in quotes'
                yield Problem(rule="boolean-key", file=file, line=line, message=message)
        yield from _node(value, file, looked_at=looked_at)
