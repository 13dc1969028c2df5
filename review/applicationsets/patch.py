"""`templatePatch`: a patch over each Application, after its template.

A strategic merge; no list of an Application has a merge key, so lists are replaced, objects merged,
and null takes away. https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Template/
"""

from typing import Any

from review.applicationsets.refusal import Refused
from review.go_yaml import YamlError
from review.helm import engine
from review.merge_patch import merge

PATH = "spec.templatePatch"


def apply(application: dict[str, Any], text: str) -> dict[str, Any]:
    """Raises: Refused."""
    try:
        patch = engine().read(text)
    except YamlError as error:
        raise Refused.one(f"is no YAML once it is rendered: {error}", PATH) from error
    if not isinstance(patch, dict):
        raise Refused.one("is no object once it is rendered", PATH)
    if _directives(patch):
        raise Refused.one("holds a directive like $patch, which is not applied here", PATH)
    merged = merge(application, patch)
    if not isinstance(merged.get("spec"), dict):
        raise Refused.one("takes the whole spec away: an empty `spec:` is null", PATH)
    # The controller keeps the project, so that a patch cannot leave its borders.
    merged["spec"]["project"] = application["spec"].get("project")
    merged["metadata"]["namespace"] = application["metadata"]["namespace"]
    return merged


def _directives(node: Any) -> bool:
    if isinstance(node, dict):
        return any(key.startswith("$") or _directives(value) for key, value in node.items())
    return isinstance(node, list) and any(_directives(each) for each in node)
