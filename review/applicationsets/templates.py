"""The Go templates in an ApplicationSet: every text in it is one, and keys of maps are too.

Helm's engine evaluates them, which knows Sprig's functions as Argo CD does. What it knows and Argo
CD does not is refused; so are `normalize` and `slugify`, which it lacks. Numbers are floats in
both: an image tag of digits alone must be a quoted text, or it is printed as 1.2345678e+07.
https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/GoTemplate/
"""

import re
from collections.abc import Iterator
from typing import Any

from review.applicationsets.refusal import Reason, Refused
from review.helm import ChartError, engine

HELM_ONLY = {
    "fromJsonArray", "fromToml", "getHostByName", "include", "lookup", "mustToToml", "mustToYaml",
    "required", "toToml", "toYamlPretty", "tpl",
}  # fmt: skip
ARGO_ONLY = {"normalize", "slugify"}
ACTION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|`[^`]*`|\'(?:[^\'\\]|\\.)*\'|/\*.*?\*/', re.DOTALL)
WORD = re.compile(r"(?<![\w.$])[A-Za-z]\w*")


def render(template: Any, contexts: list[dict[str, Any]], *, path: str) -> list[Any]:
    """The template once for each context. Raises: Refused, with every fault."""
    if not contexts:
        return []
    texts = list(dict.fromkeys(_texts(template)))
    _refuse_functions(texts, path)
    try:
        rows = engine().evaluate(texts, contexts)
    except ChartError:
        raise Refused(list(_faults(texts, contexts, path))) from None
    return [_filled(template, dict(zip(texts, row, strict=True))) for row in rows]


def _texts(node: Any) -> Iterator[str]:
    """The texts with an action in them."""
    if isinstance(node, str):
        if "{{" in node:
            yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)


def _filled(node: Any, texts: dict[str, str]) -> Any:
    if isinstance(node, str):
        return texts.get(node, node)
    if isinstance(node, dict):
        return {_filled(key, texts): _filled(value, texts) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(each, texts) for each in node]
    return node


def _refuse_functions(texts: list[str], path: str) -> None:
    reasons = []
    for text in texts:
        words = {word for code in ACTION.findall(text) for word in WORD.findall(TEXT.sub("", code))}
        for word in sorted(words & HELM_ONLY):
            reasons.append(Reason(f"Argo CD has no function {word}, in {text!r}", path))
        for word in sorted(words & ARGO_ONLY):
            reasons.append(Reason(f"{word} is not known to this renderer, in {text!r}", path))
    if reasons:
        raise Refused(reasons)


def _faults(texts: list[str], contexts: list[dict[str, Any]], path: str) -> Iterator[Reason]:
    """One by one, to name every text that fails and the parameters it fails with."""
    for text in texts:
        for context in contexts:
            try:
                engine().evaluate([text], [context])
            except ChartError as error:
                where = _origin(context)
                yield Reason(f"{error.faults[0].message} in {text!r}{where}", path)


def _origin(context: dict[str, Any]) -> str:
    """Which file the parameters come from, if from one."""
    for each in [context, *context.values()]:
        path = each.get("path") if isinstance(each, dict) else None
        if isinstance(path, dict) and "path" in path:
            return f", for {path['path']}{'/' + path['filename'] if 'filename' in path else ''}"
    return ""
