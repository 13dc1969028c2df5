"""Strict checks of single Kubernetes documents.

    from review.schemas import validate
    problems = validate(document, kubernetes_version="1.36")

An empty list says that the cluster's API server would take the document, as far as its schema and
the rules here can know. What it would drop silently (an unknown field) or read as left out (null)
is a problem too; and so is a kind of which there is no schema.
"""

from typing import Any

from review.problem import Problem, named, path_of
from review.schemas import faults, rules
from review.schemas.validators import UnknownKind, validator


def validate(document: dict[str, Any], *, kubernetes_version: str) -> list[Problem]:
    """All problems of one document, each with its path.

    kubernetes_version: as "1.36".
    Raises: review.schemas.native.UnknownKubernetesVersion.
    """
    name = named(document)
    try:
        schema = validator(document, kubernetes_version=kubernetes_version)
    except UnknownKind as unknown:
        return [Problem(rule=unknown.rule, message=str(unknown), document=name)]
    found = [
        problem
        for error in schema.errors(document)
        for problem in faults.explain(error, fields=schema.fields(error))
    ]
    if not found:  # the rules read what the schema has found to be of the right shape
        found += rules.check(document)
    return [problem.at(document=name) for problem in dict.fromkeys(found)]


__all__ = ["Problem", "named", "path_of", "validate"]
