"""An ApplicationSet of few lines, and what it gives: the cases of Argo CD's own documentation.

https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/ is DOCS in the tests.
"""

from textwrap import dedent
from typing import Any

import yaml

from review.applicationsets import expand
from review.documents import Document
from review.problem import Problem
from tests.review.conftest import Make
from tests.review.tiny import URL

Applications = list[dict[str, Any]]


def applicationset(generators: str, template: str, **spec: Any) -> Document:
    """A set, from the YAML of its generators and of its template."""
    content = {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "ApplicationSet",
        "metadata": {"name": "set", "namespace": "argocd"},
        "spec": {
            "goTemplate": True,
            "goTemplateOptions": ["missingkey=error"],
            "generators": yaml.safe_load(dedent(generators).replace("HERE", URL)),
            "template": yaml.safe_load(dedent(template)),
            **spec,
        },
    }
    return Document(content=content, file="environments/dev/set.yaml", line=1)


NAMED = """
    metadata: {name: "{{ %s }}"}
    spec: {project: default}
    """
FILES = '[{git: {repoURL: HERE, files: [{path: "%s"}]}}]'


def names(applications: Applications) -> list[str]:
    return [each["metadata"]["name"] for each in applications]


def expanded(make: Make, files: dict[str, str], document: Document) -> Applications:
    applications, problems = expand(document, repository=make(files))
    assert problems == []
    return applications


def refused(make: Make, files: dict[str, str], document: Document) -> list[Problem]:
    applications, problems = expand(document, repository=make(files))
    assert applications == []
    assert problems
    return problems


def evaluated(make: Make, files: dict[str, str], generators: str, expression: str) -> list[str]:
    """What an expression gives for each set of parameters."""
    template = {
        "metadata": {"name": '{{ .path.path | replace "/" "-" }}'},
        "spec": {"project": expression},
    }
    document = applicationset(generators, yaml.safe_dump(template))
    return [each["spec"]["project"] for each in expanded(make, files, document)]
