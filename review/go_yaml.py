"""YAML as Go's readers take it: what Kubernetes, Helm and Argo CD see in a file.

They differ from PyYAML: `1e3` is a number, `10:30` and a date are texts, the key `N` is "false",
and all keys are texts. Where the package helm-python-sdk has a wheel, its own reader is used; this
one is for the other machines, and a test holds them to the same answers.
"""

import math
import re
from decimal import Decimal
from typing import Any

import yaml
from yaml.constructor import ConstructorError

FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
INTEGER = re.compile(r"[-+]?(0b[01]+|0o?[0-7]+|0x[0-9a-fA-F]+|0|[1-9][0-9]*)")
NULLS = {"", "~", "null", "Null", "NULL"}
TRUE = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}
FALSE = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}


class YamlError(ValueError):
    """Text that is no YAML. `line` counts from 1, where it is known."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


TOO_DEEP = "it is nested too deeply"
PLAIN = "tag:plain"
MERGE = "tag:yaml.org,2002:merge"


class _Loader(yaml.CSafeLoader):
    """PyYAML's loader, with Go's ideas of what a plain scalar is."""


def _scalar(loader: _Loader, node: yaml.ScalarNode) -> Any:
    text = node.value
    if text in NULLS:
        return None
    if text in TRUE or text in FALSE:
        return text in TRUE
    digits = "" if text.startswith("_") else text.replace("_", "")
    if INTEGER.fullmatch(digits):
        return _number(_integer(digits))
    if FLOAT.fullmatch(digits) and math.isfinite(float(digits)):
        return _number(float(digits))
    if re.fullmatch(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", text):
        raise ConstructorError(problem=f"{text} is no number of JSON", problem_mark=node.start_mark)
    return text


def _integer(digits: str) -> int:
    sign = -1 if digits.startswith("-") else 1
    octal = re.fullmatch(r"[-+]?0o?([0-7]+)", digits)
    return sign * (int(octal[1], 8) if octal else int(digits.lstrip("+-"), 0))


def _number(value: float) -> int | float:
    """Go's readers keep every number as a float, and write a whole one below 1e21 as digits."""
    value = float(value)
    whole = value.is_integer() and math.fabs(value) < 1e21
    return int(Decimal(repr(value))) if whole else value


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    for key, _ in node.value:
        if key.tag == PLAIN and key.value == "<<":
            key.tag = MERGE
    loader.flatten_mapping(node)
    return {
        _key(loader.construct_object(key, deep=True), key): loader.construct_object(
            value, deep=True
        )
        for key, value in node.value
    }


def _key(value: Any, node: yaml.Node) -> str:
    if value is None or isinstance(value, dict | list):
        raise ConstructorError(problem="a key must be a text", problem_mark=node.start_mark)
    return str(value).lower() if isinstance(value, bool) else str(value)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver(PLAIN, re.compile(r"[\s\S]*"), None)
_Loader.add_constructor(PLAIN, _scalar)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(text: str) -> Any:
    """The first document of a text. Raises: YamlError."""
    try:
        return next(iter(yaml.load_all(text, Loader=_Loader)), None)
    except yaml.YAMLError as error:
        raise refusal(error, text) from error
    except RecursionError:
        raise YamlError(TOO_DEEP) from None


def refusal(error: yaml.YAMLError, text: str) -> YamlError:
    """What PyYAML says of a text, with the line to look at."""
    mark = getattr(error, "problem_mark", None)
    # What is never closed is missed only at the end, below the last line.
    last = text.rstrip().count("\n") + 1
    line = min(mark.line + 1, last) if mark else None
    return YamlError(getattr(error, "problem", None) or str(error), line=line)


class _Dumper(yaml.CSafeDumper):
    """PyYAML's dumper, which quotes what Go would not read as the text it is."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    style = None
    if "\n" in text:
        style = "|"
    elif _ambiguous(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _ambiguous(text: str) -> bool:
    digits = text.replace("_", "")
    known = text in NULLS | TRUE | FALSE
    return known or bool(INTEGER.fullmatch(digits) or FLOAT.fullmatch(digits))


_Dumper.add_representer(str, _text)


def write(content: Any) -> str:
    """A document as people write it: in its order, long texts as blocks."""
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
