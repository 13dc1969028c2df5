"""What the platform chart makes, as a whole: valid, named once, and only of kinds it may make."""

from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from review.helm import ChartError
from review.schemas import validate
from stacks.settings import Environment
from tests.platform.rendering import Documents, render, values


def test_every_document_passes_the_strict_schemas_of_the_clusters_version(
    rendered: Documents, environment: Environment
):
    version = environment.cluster.kubernetes_version
    problems = [
        problem
        for document in rendered.all
        for problem in validate(dict(document), kubernetes_version=version)
    ]
    assert problems == []
    assert len(rendered.all) > 80


def test_no_two_documents_are_the_same_thing(rendered: Documents):
    identities = Counter(
        (document["kind"], document["metadata"].get("namespace"), document["metadata"]["name"])
        for document in rendered.all
    )
    assert [identity for identity, times in identities.items() if times > 1] == []


def test_what_needs_a_controllers_crd_waits_for_it(rendered: Documents):
    custom = [*rendered.of("SecretStore"), *rendered.of("IngressClassParams")]
    assert len(custom) == 10
    for document in custom:
        assert document["metadata"]["annotations"] == {
            "argocd.argoproj.io/sync-wave": "1",
            "argocd.argoproj.io/sync-options": "SkipDryRunOnMissingResource=true",
        }


REFUSED: dict[str, tuple[list[str], Any, str]] = {
    "a key that the chart does not know": (["namespace"], {}, "namespace"),
    "a fact that is missing": (["facts", "publicCidr"], None, "publicCidr"),
    "a number where a fact is text": (["facts", "accountId"], 222222222222, "accountId"),
    "a right that does not exist": (["rights", "tribe:developers"], "admin", "tribe:developers"),
    "a group that is Kubernetes' own": (["rights", "system:masters"], "view", "system:masters"),
    "a standard that does not exist": (
        ["namespaces", "api-services", "podSecurity"],
        "strict",
        "podSecurity",
    ),
    "a namespace without a quota": (["namespaces", "api-services", "quota"], None, "quota"),
    "a memory quota without a unit": (
        ["namespaces", "api-services", "quota", "requests.memory"],
        "28",
        "requests.memory",
    ),
    "a way to nowhere": (["ways", "frontend-to-api", "to"], None, "to"),
    "a way to a port out of range": (
        ["ways", "frontend-to-api", "to", "ports"],
        [70000],
        "ports",
    ),
    "a priority among Kubernetes' own": (
        ["priorityClasses", "service", "value"],
        2000001000,
        "value",
    ),
    "a whole registry by a name that others can begin": (
        ["images", "alsoFrom"],
        ["docker.io"],
        "alsoFrom",
    ),
}


@pytest.mark.parametrize("claim", REFUSED)
def test_the_values_schema_refuses(claim: str, repository: Path):
    path, value, named = REFUSED[claim]
    given = deepcopy(values(repository, "dev"))
    defaults = {"namespaces": {"api-services": {}}, "ways": {"frontend-to-api": {}}}
    node: Any = given
    for step in path[:-1]:
        node = node.setdefault(step, deepcopy(defaults.get(step, {})))
    node[path[-1]] = value
    if value is None and path[0] == "facts":
        del node[path[-1]]
    with pytest.raises(ChartError, match=named):
        render(repository, "dev", given)
